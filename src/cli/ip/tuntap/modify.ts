import { closeSync } from 'node:fs'
import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { run } from '../../../netns/index.ts'
import {
  attachTun,
  openTunDevice,
  setTunGroup,
  setTunOwner,
  setTunPersistent,
  type TunFlag,
} from '../../../ops/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unsupportedVerb } from '../unsupported.ts'
import { readTuntap, type TuntapRequest } from './keywords.ts'

function step<T>(name: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`${name}: ${errnoMessage(error.errno)}`, 1)
  }
}

/** Attaches to the link, in the command's namespace, for as long as `change` takes. */
function attached(session: Session, name: string, flags: readonly TunFlag[], change: (fd: number) => void): void {
  if (session.options.dryRun) unsupportedVerb('-dry-run')()
  const act = () => {
    const fd = step('open', openTunDevice)
    try {
      step('ioctl(TUNSETIFF)', () => attachTun(fd, name, flags))
      change(fd)
    } finally {
      closeSync(fd)
    }
  }
  if (session.namespace === undefined) act()
  else run(session.namespace, act)
}

function persist({ user, group }: TuntapRequest, fd: number): void {
  if (user !== undefined && user !== -1) step('ioctl(TUNSETOWNER)', () => setTunOwner(fd, user))
  if (group !== undefined && group !== -1) step('ioctl(TUNSETGROUP)', () => setTunGroup(fd, group))
  step('ioctl(TUNSETPERSIST)', () => setTunPersistent(fd, true))
}

export const add: Run<Session> = (session, words) => {
  const request = readTuntap(words, true)
  attached(session, request.name, [...request.flags, 'exclusive'], (fd) => persist(request, fd))
  return 0
}

export const remove: Run<Session> = (session, words) => {
  const { name, flags } = readTuntap(words, false)
  attached(session, name, [...flags], (fd) => step('ioctl(TUNSETPERSIST)', () => setTunPersistent(fd, false)))
  return 0
}
