import { lookup } from 'node:dns/promises'
import { parseIpv6 } from '../../netlink/index.ts'
import { ipv6RouteCall, link } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { byIoctl, lookupWords, parseDotted, type Tool } from '../nettools/index.ts'
import { UsageFailure } from './change.ts'

const [LOOKUP, SOCKET] = [6, 7]
const WHOLE = 128
/** herror(3) where nothing has been looked up. */
const NO_ERROR = 'Resolver Error 0 (no error)'

interface Draft {
  readonly dst: string
  readonly dstLength: number
  readonly flags: Set<keyof typeof ipv6RouteCall.IPV6_ROUTE_FLAGS>
  gateway: string
  metric: number
  device?: string
}

/** `route -6 add` and `route -6 del`. Throws CommandFailure, UsageFailure. */
export async function changeIpv6(verb: 'add' | 'del', words: readonly string[], tool: Tool): Promise<number> {
  const draft = await parse([...words], tool)
  const { dst, dstLength, gateway, metric, flags, device } = draft
  const ifindex = device === undefined ? 0 : byIoctl('SIOGIFINDEX', SOCKET, () => indexOf(device, tool))
  byIoctl(verb === 'add' ? 'SIOCADDRT' : 'SIOCDELRT', SOCKET, () => {
    const act = verb === 'add' ? ipv6RouteCall.add : ipv6RouteCall.delete
    act({ dst, dstLength, gateway, metric, flags: [...flags], ifindex })
  })
  return 0
}

function indexOf(name: string, { route: kernel }: Tool): number {
  return kernel.ask(link.get(name.replace(/:.*/, '').slice(0, 15))).index
}

async function parse(words: string[], tool: Tool): Promise<Draft> {
  const target = words.shift()
  if (target === undefined) throw new UsageFailure()
  // How two words that look like options are told from them.
  const { name, length } = split(target.replace(/^-(?=(net|host)$)/, '#'))
  if (length < 0 || length > WHOLE) throw new UsageFailure()
  const dst = name === 'default' ? '::' : await resolve(name, tool)
  const draft: Draft = { dst, dstLength: length, flags: new Set(['up']), gateway: '::', metric: 1 }
  if (length === WHOLE) draft.flags.add('host')
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (Object.hasOwn(WORDS, word)) WORDS[word]!(draft, words)
    else if (words.length > 0) throw new UsageFailure()
    else draft.device = word
  }
  return draft
}

function split(target: string): { name: string; length: number } {
  if (target === 'default') return { name: target, length: 0 }
  const slash = target.indexOf('/')
  return slash < 0
    ? { name: target, length: WHOLE }
    : { name: target.slice(0, slash), length: atoi(target.slice(slash + 1)) }
}

/** As C's atoi reads a number. */
const atoi = (text: string) => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0)

type Taker = (draft: Draft, words: string[]) => void

const value = (words: string[]): string => {
  const word = words.shift()
  if (word === undefined) throw new UsageFailure()
  return word
}
const gateway: Taker = (draft, words) => {
  const word = value(words)
  if (draft.flags.has('gateway')) throw new UsageFailure()
  // Names are not even looked up.
  if (parseIpv6(word) === undefined) throw new CommandFailure(`${word}: ${NO_ERROR}`, LOOKUP)
  draft.gateway = word
  draft.flags.add('gateway')
}
const device: Taker = (draft, words) => {
  draft.device = value(words)
}

const WORDS: Readonly<Record<string, Taker>> = {
  gw: gateway,
  gateway,
  dev: device,
  device,
  mod: ({ flags }) => flags.add('modified'),
  dyn: ({ flags }) => flags.add('dynamic'),
  metric(draft, words) {
    const word = value(words)
    if (!/^\d/.test(word)) throw new UsageFailure()
    draft.metric = atoi(word) >>> 0
  },
}

/** EAI_* of netdb.h, by which getaddrinfo(3) fails. */
const FAILURES: Readonly<Record<string, number>> = { EAI_AGAIN: -3, EAI_FAIL: -4 }
const [EAI_NONAME, EAI_ADDRFAMILY] = [-2, -9]

async function resolve(name: string, tool: Tool): Promise<string> {
  if (parseIpv6(name) !== undefined) return name
  const refusal = (number: number, words: string) => {
    tool.complain(`getaddrinfo: ${name}: ${number}\n`)
    return new CommandFailure(`${name}: ${words}`, 1)
  }
  if (parseDotted(name) !== undefined) throw refusal(EAI_ADDRFAMILY, NO_ERROR)
  try {
    return (await lookup(name, { family: 6 })).address
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw refusal(FAILURES[code] ?? EAI_NONAME, lookupWords(code))
  }
}
