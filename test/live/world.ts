import { mkdirSync, readFileSync } from 'node:fs'
import { env, getuid } from 'node:process'
import { deadRtnlReason } from '../../scripts/rtnl.js'
import {
  CLONE_NEWNET,
  CLONE_NEWNS,
  MS_PRIVATE,
  MS_REC,
  mount,
  unshare,
  unsupportedReason,
} from '../../src/libc/index.ts'

/** Why live tests cannot run here, for the title of a skipped suite; undefined where they can. */
export function noWorldReason(): string | undefined {
  const unsupported = unsupportedReason()
  if (unsupported) return unsupported
  if (getuid?.() !== 0) return 'needs root'
  if (env.IPTS_RTNL === 'dead') return deadRtnlReason
  // capabilities(7): root in a container may be without.
  const effective = /^CapEff:\s+(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const missing = Object.entries({ CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n, CAP_SYS_ADMIN: 21n })
    .filter(([, bit]) => !((BigInt(`0x${effective}`) >> bit) & 1n))
    .map(([name]) => name)
  return missing.length > 0 ? `needs ${missing.join(' and ')}` : undefined
}

let entered = false

/**
 * Moves this test process (vitest's pool gives each test file one of its own) into a network and a mount namespace of
 * its own, with an empty /run and the new network's /sys: whatever it and the programs it starts do, the machine does
 * not see, and the kernel throws it away with the process. To be called in beforeAll; a second call does nothing.
 */
export function enterDisposableWorld(): void {
  if (entered) return
  entered = true
  enterNewWorld()
}

/** The same each time it is called: what was made in the world before is left behind with it. */
export function enterNewWorld(): void {
  unshare(CLONE_NEWNET | CLONE_NEWNS)
  mount(null, '/', null, MS_REC | MS_PRIVATE)
  mount('tmpfs', '/run', 'tmpfs', 0, 'mode=755')
  mkdirSync('/run/lock', { recursive: true })
  mount('sysfs', '/sys', 'sysfs', 0)
}
