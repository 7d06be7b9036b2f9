import { errnoMessage } from '../../../libc/index.ts'
import { VrfError } from '../../../ops/index.ts'
import { CommandFailure } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** The index of a link that is a VRF; 0 where there is none of the name. */
export function vrfIndex({ devices }: Session, name: string): number {
  const index = devices.index(name)
  return devices.known(index)?.linkinfo?.kind === 'vrf' ? index : 0
}

function describe({ step, cause, path }: VrfError): string {
  const why = errnoMessage(cause.errno)
  switch (step) {
    case 'mount':
      return cause.code === 'ENODEV'
        ? 'Failed to mount cgroup2. Are CGROUPS enabled in your kernel?'
        : `Failed to mount cgroup2: ${why}`
    case 'directory':
      return `${path === undefined ? '' : `mkdir failed for ${path}: ${why}\n`}Failed to setup vrf cgroup2 directory`
    case 'open':
      return `Failed to open cgroup path: '${why}'`
    case 'program':
      return `Failed to load BPF prog: '${why}'${cause.code === 'EPERM' ? '' : '\nKernel compiled with CGROUP_BPF enabled?'}`
    case 'attach':
      return `Failed to attach prog to cgroup: '${why}'`
    case 'join':
      return 'Failed to join cgroup'
  }
}

/** Runs an action; what of VRFs fails is said in iproute2's words. Throws CommandFailure. */
export function explained<T>(action: () => T, status: number): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof VrfError)) throw error
    throw new CommandFailure(describe(error), status)
  }
}
