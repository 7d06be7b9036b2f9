import { readdirSync, writeSync } from 'node:fs'
import process from 'node:process'
import { isatty } from 'node:tty'
import { EncodeError, NetlinkError } from '../netlink/index.ts'
import { CommandFailure, nearest } from './grammar/index.ts'

/**
 * Adds to an error that has been reported what may help: for a mistyped word the one that was perhaps meant, and of a refusal of the
 * kernel what it pointed at. Only for people: on a terminal, or where `--why` or IPTS_WHY asks for it.
 */
export function explain(error: unknown, argv: readonly string[]): void {
  const asked = argv.includes('--why') || Boolean(process.env.IPTS_WHY)
  if (!asked && !isatty(2)) return
  const refused = error instanceof CommandFailure ? error.cause : error
  const lines = [...suggestion(error), ...(asked ? reasons(refused) : [])]
  if (lines.length > 0) writeSync(2, `${lines.join('\n')}\n`)
}

const NO_DEVICE = /^(?:Cannot find device|Device) "([^"]*)"/

function suggestion(error: unknown): string[] {
  if (!(error instanceof CommandFailure)) return []
  const device = NO_DEVICE.exec(error.message)?.[1]
  const { word, among } = device === undefined ? (error.mistyped ?? {}) : { word: device, among: devices() }
  const meant = word === undefined || among === undefined ? undefined : nearest(word, among)
  return meant === undefined ? [] : [`Did you mean "${meant}"?`]
}

/** The devices of this process's own namespace, as sysfs has them. */
function devices(): string[] {
  try {
    return readdirSync('/sys/class/net')
  } catch {
    return []
  }
}

function reasons(refused: unknown): string[] {
  if (refused instanceof EncodeError) return [`why: ${refused.message}`]
  return refused instanceof NetlinkError ? ofKernel(refused) : []
}

function ofKernel({ operation, code, attribute, missing, extended }: NetlinkError): string[] {
  const lines = [`why: the kernel answered ${code} to: ${operation}`]
  if (attribute !== undefined) lines.push(`why: it points at the attribute ${attribute}`)
  if (missing !== undefined) lines.push(`why: it misses the attribute ${missing}`)
  const bounds = boundsOf(extended.policy)
  if (bounds !== undefined) lines.push(`why: that takes ${bounds}`)
  const hint = HINTS[code]
  if (hint !== undefined) lines.push(`hint: ${hint}`)
  return lines
}

function boundsOf(policy: NetlinkError['extended']['policy']): string | undefined {
  if (policy === undefined) return undefined
  const least = policy.minUnsigned ?? policy.minSigned
  const most = policy.maxUnsigned ?? policy.maxSigned
  if (least !== undefined && most !== undefined) return `${least} to ${most}`
  const { minLength, maxLength } = policy
  if (minLength !== undefined && maxLength !== undefined) return `${minLength} to ${maxLength} bytes`
  return maxLength === undefined ? undefined : `at most ${maxLength} bytes`
}

/** What usually is behind an errno of routing netlink. */
const HINTS: Readonly<Record<string, string>> = {
  EPERM: 'changes need CAP_NET_ADMIN: try as root, or in a network of your own: unshare -Urn',
  EEXIST: 'there is one like that: `show` it, or say `replace` or `change` in place of `add`',
  ENODEV: 'the device is gone, or is in another network namespace: ip -all netns exec ip link',
  ENOENT: 'there is none like that to change or delete: see what `show` has, table and metric included',
  ESRCH: 'there is none like that to change or delete: see what `show` has, table and metric included',
  EADDRNOTAVAIL: 'no device has that address: see ip address',
  ENETUNREACH: 'the gateway has to be on a network that a device which is up has an address of; or say `onlink`',
  EHOSTUNREACH: 'no route leads there: see ip route get',
  ENETDOWN: 'the device is down: ip link set DEVICE up',
  EOPNOTSUPP: 'the kernel lacks this kind or option: perhaps a module is not loaded: see modprobe',
  EBUSY: 'something is using it: a master, a tunnel or an open descriptor',
  EINVAL: 'a value, or two of them together, cannot be: --trace shows what was sent, attribute by attribute',
  ERANGE: 'a value is out of its bounds',
  EAFNOSUPPORT: 'the kernel lacks this address family, or it is switched off: see /proc/sys/net/ipv6/conf',
  ENOTEMPTY: 'there is something in it still',
  ELOOP: 'devices would be nested too deep, or in a circle',
}
