import { SystemError } from '../../libc/index.ts'
import { parseIpv6 } from '../../netlink/index.ts'
import { address as addresses, link } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { hardwareNamed, readEthernet, refused, resolveHost, type Tool } from '../nettools/index.ts'
import { linkName } from './interfaces.ts'
import { addAlias, deleteAlias, removeAlias, setAddress, setBroadcast, setDestination, setNetmask } from './ipv4.ts'

/** A command line of which nothing but the usage can be said. */
export class UsageFailure extends Error {}

/** What a word does to an interface, and the state of the command line. A refusal is said, remembered, and the next word is read. */
export interface Work {
  readonly name: string
  readonly family: string
  readonly verbose: boolean
  readonly tool: Tool
  /** The next word. Throws UsageFailure where there is none. */
  next(): string
  readonly hasNext: boolean
  /** Says what went wrong; the tool goes on, and fails in the end. */
  fail(message: string, status?: number): void
  /** A netmask that is set in the end, or has been: there is one. */
  netmask: 'none' | 'given' | string
}

/** Does what an ioctl did. */
function ioctl(work: Work, name: string, action: () => void): void {
  try {
    action()
  } catch (error) {
    work.fail(`${name}: ${refused(error).words}`, 1)
  }
}

type Flag = link.LinkFlag

/** Sets flags, or takes them away. */
function flag(work: Work, flags: readonly Flag[], isOn: boolean): void {
  const { route } = work.tool
  let index: number
  try {
    index = route.ask(link.get(linkName(work.name))).index
  } catch (error) {
    work.fail(`${work.name}: ERROR while getting interface flags: ${refused(error).words}`, 255)
    return
  }
  try {
    // The address of an alias can be taken down by itself.
    if (work.name.includes(':') && flags[0] === 'up') {
      if (!isOn) removeAlias(work.name, work.tool)
    } else route.change(link.set({ index, flags: Object.fromEntries(flags.map((one) => [one, isOn])) }))
  } catch (error) {
    work.fail(`SIOCSIFFLAGS: ${refused(error).words}`, 255)
  }
}

function warnIfStill(work: Work, one: Flag, text: string): void {
  let flags: readonly (Flag | number)[] = []
  try {
    flags = work.tool.route.ask(link.get(linkName(work.name))).flags
  } catch (error) {
    work.tool.complain(`${work.name}: ERROR while testing interface flags: ${refused(error).words}\n`)
  }
  if (flags.includes(one)) work.tool.complain(`Warning: Interface ${work.name} still in ${text}\n`)
}

async function host(work: Work, word: string): Promise<string | undefined> {
  try {
    return (await resolveHost(word)).address
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    work.fail(error.message, 1)
    return undefined
  }
}

function indexOf({ name, tool }: Work): number {
  return tool.route.ask(link.get(linkName(name))).index
}

type Action = (work: Work) => void | Promise<void>

const on =
  (flags: readonly Flag[]): Action =>
  (work) =>
    flag(work, flags, true)
const off =
  (flags: readonly Flag[], still?: string): Action =>
  (work) => {
    flag(work, flags, false)
    if (still !== undefined) warnIfStill(work, flags[0]!, still)
  }
const unsupported: Action = (work) => {
  work.next()
  throw new CommandFailure('ifconfig: this setting of old hardware is not supported by ipts', 1)
}
/** A number as C's atoi reads it. */
const atoi = (text: string) => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0) | 0

/** The words after the interface's name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  up: on(['up']),
  down: off(['up']),
  arp: off(['no-arp']),
  '-arp': on(['no-arp']),
  trailers: off(['no-trailers']),
  '-trailers': on(['no-trailers']),
  promisc: on(['promisc']),
  '-promisc': off(['promisc'], 'promisc mode... maybe other application is running?'),
  multicast: on(['multicast']),
  '-multicast': off(['multicast'], 'MULTICAST mode.'),
  allmulti: on(['all-multi']),
  '-allmulti': off(['all-multi'], 'ALLMULTI mode.'),
  dynamic: on(['dynamic']),
  '-dynamic': off(['dynamic'], 'DYNAMIC mode.'),
  '-broadcast': off(['broadcast'], 'BROADCAST mode.'),
  '-pointopoint': off(['point-to-point'], 'POINTOPOINT mode.'),
  '-pointtopoint': off(['point-to-point'], 'POINTOPOINT mode.'),
  mtu(work) {
    const mtu = atoi(work.next())
    ioctl(work, 'SIOCSIFMTU', () => {
      const index = indexOf(work)
      if (mtu < 0) throw new SystemError(EINVAL, 'SIOCSIFMTU')
      work.tool.route.change(link.set({ index, mtu }))
    })
  },
  txqueuelen(work) {
    const [, sign, number = 0] = /^\s*([+-]?)(0x[0-9a-f]+|\d+)/i.exec(work.next()) ?? []
    const txqlen = Number(BigInt.asIntN(32, sign === '-' ? -BigInt(number) : BigInt(number)))
    ioctl(work, 'SIOCSIFTXQLEN', () => {
      const index = indexOf(work)
      if (txqlen < 0) throw new SystemError(EINVAL, 'SIOCSIFTXQLEN')
      work.tool.route.change(link.set({ index, txqlen }))
    })
  },
  name(work) {
    const name = work.next().slice(0, 15)
    ioctl(work, 'SIOCSIFNAME', () => {
      const index = indexOf(work)
      if (name === '' || name === '.' || name === '..' || /[/:\s]/.test(name))
        throw new SystemError(EINVAL, 'SIOCSIFNAME')
      work.tool.route.change(link.set({ index, name }))
    })
  },
  async broadcast(work) {
    if (work.hasNext) {
      const address = await host(work, work.next())
      if (address === undefined) return
      ioctl(work, 'SIOCSIFBRDADDR', () => setBroadcast(work.name, address, work.tool))
    }
    flag(work, ['broadcast'], true)
  },
  async dstaddr(work) {
    const address = await host(work, work.next())
    if (address !== undefined) ioctl(work, 'SIOCSIFDSTADDR', () => setDestination(work.name, address, work.tool))
  },
  async pointopoint(work) {
    if (work.hasNext) {
      const address = await host(work, work.next())
      if (address === undefined) return
      ioctl(work, 'SIOCSIFDSTADDR', () => setDestination(work.name, address, work.tool))
    }
    flag(work, ['point-to-point'], true)
  },
  async netmask(work) {
    const word = work.next()
    if (work.netmask === 'given') throw new UsageFailure()
    const mask = await host(work, word)
    if (mask === undefined) return
    work.netmask = 'given'
    ioctl(work, 'SIOCSIFNETMASK', () => setNetmask(work.name, mask, work.tool))
  },
  hw(work) {
    const kind = hardwareNamed(work.next())
    if (kind === undefined) throw new UsageFailure()
    if (kind.addressLength === 0) {
      work.fail(`hw address type \`${kind.name}' has no handler to set address. failed.`, 1)
      if (work.hasNext) work.next()
      return
    }
    const word = work.next()
    const address = readEthernet(word)
    if (address === undefined) {
      work.fail(`${word}: invalid ${kind.name} address.`, 1)
      return
    }
    try {
      const { index, type } = work.tool.route.ask(link.get(linkName(work.name)))
      if (type !== kind.type) throw new SystemError(EINVAL, 'SIOCSIFHWADDR')
      work.tool.route.change(link.set({ index, address }))
    } catch (error) {
      const { code, words } = refused(error)
      work.fail(`SIOCSIFHWADDR: ${words}${code === 'EBUSY' ? ' - you may need to down the interface' : ''}`, 1)
    }
  },
  add: (work) => alter(work, 'add'),
  del: (work) => alter(work, 'del'),
  media: unsupported,
  port: unsupported,
  mem_start: unsupported,
  io_addr: unsupported,
  irq: unsupported,
  keepalive: unsupported,
  outfill: unsupported,
  tunnel: unsupported,
}

const EINVAL = 22

async function alter(work: Work, verb: 'add' | 'del'): Promise<void> {
  const word = work.next()
  if (word.includes(':')) {
    alter6(work, verb, word)
    return
  }
  const address = await host(work, word)
  if (address === undefined) return
  const name = verb === 'add' ? 'SIOCSIFADDR' : 'SIOCDIFADDR'
  const isThere = (() => {
    try {
      return indexOf(work) > 0
    } catch {
      return false
    }
  })()
  if (isThere) ioctl(work, name, () => (verb === 'add' ? addAlias : deleteAlias)(work.name, address, work.tool))
  // net-tools looks twice, says so, and succeeds.
  else work.tool.complain(`${work.name}: error fetching interface information: Device not found\n`.repeat(2))
}

function alter6(work: Work, verb: 'add' | 'del', word: string): void {
  const [text = '', digits] = word.split('/', 2)
  const length = digits === undefined ? 128 : atoi(digits)
  if (length < 0 || length > 128) throw new UsageFailure()
  if (parseIpv6(text) === undefined) {
    work.fail(`${text}: Resolver Error 0 (no error)`, 1)
    return
  }
  let index: number
  try {
    index = indexOf(work)
  } catch (error) {
    work.fail(`SIOGIFINDEX: ${refused(error).words}`, 1)
    return
  }
  const settings = { family: 'inet6', index, address: `${text}/${length}` } as const
  if (verb === 'add') {
    ioctl(work, 'SIOCSIFADDR', () => work.tool.route.change(addresses.add(settings)))
    return
  }
  if (work.verbose) work.tool.complain(`now deleting: ioctl(SIOCDIFADDR,{ifindex=${index},prefixlen=${length}})\n`)
  ioctl(work, 'SIOCDIFADDR', () => work.tool.route.change(addresses.delete(settings)))
}

/** A word that is none of these is an address. Throws CommandFailure where it is not, UsageFailure for a bad prefix length. */
export async function takeAddress(work: Work, word: string): Promise<void> {
  const [name = '', digits] = word.split('/', 2)
  if (digits !== undefined) {
    const length = /^\d*$/.test(digits) ? Number(digits) : 33
    if (length > 32 || work.netmask === 'given') throw new UsageFailure()
    work.netmask = [0, 8, 16, 24].map((bits) => 256 - 2 ** (8 - Math.min(Math.max(length - bits, 0), 8))).join('.')
  }
  const help = "ifconfig: `--help' gives usage information."
  let address: string
  try {
    address = (await resolveHost(name)).address
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    throw new CommandFailure(`${error.message}\n${help}`, 1)
  }
  ioctl(work, 'SIOCSIFADDR', () => setAddress(work.name, address, work.tool))
  const isAlias = work.name.includes(':')
  if (!(isAlias && (address === '0.0.0.0' || work.name.endsWith('-')))) flag(work, ['up'], true)
}
