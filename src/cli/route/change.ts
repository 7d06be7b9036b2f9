import { SystemError } from '../../libc/index.ts'
import { address as addresses, link, route } from '../../rtnl/index.ts'
import { byIoctl, dotted, resolveHost, type Tool, undotted } from '../nettools/index.ts'

/** A command line of which nothing but the usage can be said; `message` before it. */
export class UsageFailure extends Error {}

const [LOOKUP, SOCKET] = [6, 7]
const EINVAL = 22

interface Draft {
  isHost: boolean
  target: string
  /** 0 where it has not been said. */
  mask: number
  maskText: string
  gateway?: string
  device?: string
  metric?: number
  mss?: number
  window?: number
  irtt?: number
  isRejected: boolean
}

/** `route add` and `route del` of IPv4. Throws CommandFailure, UsageFailure. */
export async function change(verb: 'add' | 'del', words: readonly string[], tool: Tool): Promise<number> {
  const draft = check(await parse([...words]))
  const ioctl = verb === 'add' ? 'SIOCADDRT' : 'SIOCDELRT'
  byIoctl(ioctl, SOCKET, () => {
    const settings = settingsOf(draft, verb, ioctl, tool)
    tool.route.change(verb === 'add' ? route.prepend(settings) : route.delete(settings))
  })
  return 0
}

async function parse(words: string[]): Promise<Draft> {
  const kind = words[0] === '-net' || words[0] === '-host' ? words.shift() : undefined
  const first = words.shift()
  if (first === undefined) throw new UsageFailure()
  const [name = '', digits] = first.includes('/') ? splitOnce(first) : [first]
  if (digits !== undefined && !/^(0x[0-9a-f]+|\d*)$/i.test(digits)) throw new UsageFailure()
  // As a C compiler shifts: 32 bits further is where it was.
  const mask = digits === undefined ? 0 : ~(0xffffffff >>> Number(digits)) >>> 0
  const { address, isNetwork } = await resolveHost(name, { hostFirst: kind === '-host', status: LOOKUP })
  const isHost = kind === undefined ? !isNetwork : kind === '-host'
  const draft: Draft = {
    isHost,
    target: address,
    mask,
    maskText: digits === undefined ? 'default' : `/${digits}`,
    isRejected: false,
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (Object.hasOwn(WORDS, word)) await WORDS[word]!(draft, words)
    else if (draft.device === undefined && words.length === 0) draft.device = word
    else throw new UsageFailure()
  }
  return draft
}

function splitOnce(text: string): [string, string] {
  const slash = text.indexOf('/')
  return [text.slice(0, slash), text.slice(slash + 1)]
}

type Taker = (draft: Draft, words: string[]) => void | Promise<void>

const value = (words: string[]): string => {
  const word = words.shift()
  if (word === undefined) throw new UsageFailure()
  return word
}
/** As C's atoi reads a number. */
const atoi = (text: string) => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0)

const gateway: Taker = async (draft, words) => {
  const word = value(words)
  if (draft.gateway !== undefined) throw new UsageFailure()
  const { address, isNetwork } = await resolveHost(word, { hostFirst: true, status: LOOKUP })
  if (isNetwork) throw new UsageFailure(`route: ${word}: cannot use a NETWORK as gateway!`)
  draft.gateway = address
}
const mss: Taker = (draft, words) => {
  draft.mss = atoi(value(words))
  if (draft.mss < 64 || draft.mss > 65_536) throw new UsageFailure('route: Invalid MSS/MTU.')
}
const device: Taker = (draft, words) => {
  if (draft.device !== undefined) throw new UsageFailure()
  draft.device = value(words)
}
/** What has had no effect since Linux 2.2. */
const nothing: Taker = () => {}

const WORDS: Readonly<Record<string, Taker>> = {
  gw: gateway,
  gateway,
  mss,
  mtu: mss,
  dev: device,
  device,
  mod: nothing,
  dyn: nothing,
  reinstate: nothing,
  metric(draft, words) {
    const word = value(words)
    if (!/^\d/.test(word)) throw new UsageFailure()
    draft.metric = atoi(word)
  },
  async netmask(draft, words) {
    const word = words.shift()
    if (word === undefined || draft.mask !== 0) throw new UsageFailure()
    draft.mask = undotted((await resolveHost(word, { status: LOOKUP })).address)
    draft.maskText = word
  },
  window(draft, words) {
    draft.window = atoi(value(words))
    if (draft.window < 128) throw new UsageFailure('route: Invalid window.')
  },
  irtt(draft, words) {
    draft.irtt = atoi(value(words))
  },
  reject(draft) {
    draft.isRejected = true
  },
}

function check(draft: Draft): Draft {
  const { mask, isHost, target, maskText } = draft
  if (mask === 0) return draft
  const holes = ~mask >>> 0
  if (isHost && mask !== 0xffffffff) {
    const hex = holes.toString(16).padStart(8, '0')
    throw new UsageFailure(`route: netmask ${hex} doesn't make sense with host route`)
  }
  if ((holes & (holes + 1)) !== 0) throw new UsageFailure(`route: bogus netmask ${maskText}`)
  if ((undotted(target) & holes) !== 0) throw new UsageFailure("route: netmask doesn't match route address")
  return draft
}

/** What the kernel makes of an ioctl's route (net/ipv4/fib_frontend.c, rtentry_to_fib_config). */
function settingsOf(draft: Draft, verb: 'add' | 'del', ioctl: string, tool: Tool): route.RouteSettings {
  const { isHost, target, mask, gateway: via, metric, isRejected } = draft
  const length = isHost ? 32 : 32 - Math.log2((~mask >>> 0) + 1)
  if ((undotted(target) & ~(length === 0 ? 0 : -1 << (32 - length))) !== 0) throw new SystemError(EINVAL, ioctl)
  const dst = length === 0 ? 'default' : `${dotted(undotted(target))}/${length}`
  const common = { family: 'inet', dst, metric } as const
  if (isRejected) return { ...common, type: 'unreachable', scope: 'host' }
  if (via !== undefined && undotted(via) === 0 && verb === 'add') throw new SystemError(EINVAL, ioctl)
  const scope = via !== undefined && isUnicast(via, tool) ? 'global' : verb === 'add' ? 'link' : 'nowhere'
  return {
    ...common,
    type: 'unicast',
    via,
    scope,
    ...leaving(draft.device, tool),
    metrics: verb === 'add' ? metricsOf(draft) : undefined,
  }
}

/** The link that packets leave by; an alias says the address that they come from. */
function leaving(name: string | undefined, { route: kernel }: Tool): { oif?: number; prefsrc?: string } {
  if (name === undefined) return {}
  const oif = kernel.ask(link.get(name.replace(/:.*/, '').slice(0, 15))).index
  if (!name.includes(':')) return { oif }
  const found = [...kernel.each(addresses.list({ family: 'inet', index: oif }))].find(({ label }) => label === name)
  if (found === undefined) throw new SystemError(19, 'ioctl')
  return { oif, prefsrc: found.local }
}

const LOCAL = 255

/** Whether an address is another host's: no group's, and none for which this host has a local or a broadcast route. */
function isUnicast(address: string, { route: kernel }: Tool): boolean {
  const value = undotted(address)
  if (value >>> 28 >= 14) return false
  for (const { table, dst } of kernel.each(route.list({ family: 'inet', table: LOCAL }))) {
    const [prefix = '', length = '32'] = dst.split('/')
    if (table === LOCAL && (value ^ undotted(prefix)) >>> (32 - Number(length)) === 0) return false
  }
  return true
}

function metricsOf({ mss: given, window, irtt }: Draft): route.RouteSettings['metrics'] {
  if (given === undefined && window === undefined && irtt === undefined) return undefined
  return {
    ...(given === undefined ? {} : { advmss: given - 40 }),
    ...(window === undefined ? {} : { window }),
    ...(irtt === undefined ? {} : { rtt: irtt * 8 }),
  }
}
