import { xtables } from '../../../netfilter/index.ts'
import { extension, type Given, type Writable } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { parseProtocol } from '../protocol.ts'
import { integerRange, portRange, wordList } from '../values.ts'
import { hostAndMask, hostInfo, listedHost, savedHost } from './conntrack-address.ts'

export type Info = Writable<ReturnType<(typeof xtables.matches.conntrack)[3]['at']>>
type Fact = keyof typeof xtables.CONNTRACK_FACTS
type Status = keyof typeof xtables.CONNTRACK_STATUSES

export const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'] as const
// A state may be abbreviated; these are tried in this order.
const STATE_WORDS = ['INVALID', 'NEW', 'ESTABLISHED', 'RELATED', 'UNTRACKED', 'SNAT', 'DNAT'] as const
const STATUSES = Object.keys(xtables.CONNTRACK_STATUSES) as Status[]

const HOSTS = [
  ['orig-src', 'ctorigsrc', 'origSrc'],
  ['orig-dst', 'ctorigdst', 'origDst'],
  ['repl-src', 'ctreplsrc', 'replSrc'],
  ['repl-dst', 'ctrepldst', 'replDst'],
] as const

function compare(info: Info, fact: Fact, not: boolean): void {
  info.matched = [...info.matched, fact]
  if (not) info.inverted = [...info.inverted, fact]
}

function readHost([fact, option, field]: (typeof HOSTS)[number]) {
  return {
    names: [option],
    not: true,
    read({ info, value, not, asked }: Given<Info>) {
      Object.assign(info, hostInfo(field, hostAndMask(value, asked)))
      compare(info, fact, not)
    },
  }
}

function readPort([fact, option, field]: (typeof HOSTS)[number]) {
  return {
    names: [`${option}port`],
    not: true,
    read({ info, value, not, asked }: Given<Info>) {
      const [from, to] = portRange(value, asked)
      info[`${field}Port`] = from
      info[`${field}PortHigh`] = to
      compare(info, `${fact}-port`, not)
    },
  }
}

/** What `--state` and `--ctstate` print. */
export const shownStates = (states: Info['states']) => STATES.filter((name) => states.includes(name)).join(',')

/** What is compared, each with the option that `prefix` stands before. */
export function dump(info: Info, prefix: string, host: (address: Uint8Array, mask: Uint8Array) => string): string {
  const part = (fact: Fact, option: string, value: string) => {
    if (!info.matched.includes(fact)) return ''
    return `${info.inverted.includes(fact) ? ' !' : ''} ${prefix}${option} ${value}`
  }
  const range = (from: number, to: number, isSingle = from === to) => (isSingle ? `${from}` : `${from}:${to}`)
  const reply = info.inverted.includes('direction')
  return [
    part('state', info.matched.includes('state-alias') ? 'state' : 'ctstate', shownStates(info.states)),
    part('proto', 'ctproto', String(info.l4proto)),
    ...HOSTS.map(([fact, option, field]) => part(fact, option, host(info[`${field}Address`], info[`${field}Mask`]))),
    ...HOSTS.map(([fact, option, field]) => {
      const [from, to] = [info[`${field}Port`], info[`${field}PortHigh`]]
      return part(`${fact}-port`, `${option}port`, range(from, to, to === 0 || from === to))
    }),
    part('status', 'ctstatus', STATUSES.filter((name) => info.statuses.includes(name)).join(',') || 'NONE'),
    part('expires', 'ctexpire', range(info.expiresMin, info.expiresMax)),
    info.matched.includes('direction') ? ` ${prefix}ctdir ${reply ? 'REPLY' : 'ORIGINAL'}` : '',
  ].join('')
}

export const conntrack = extension({
  name: 'conntrack',
  revision: 3,
  codec: xtables.matches.conntrack[3],
  options: [
    {
      names: ['ctstate'],
      not: true,
      read({ info, value, not }) {
        info.states = states(value, (rest) => new IptablesError(`Bad ctstate "${rest}"`))
        compare(info, 'state', not)
      },
    },
    {
      names: ['ctproto'],
      not: true,
      read({ info, value, not }) {
        info.l4proto = parseProtocol(value)
        compare(info, 'proto', not)
      },
    },
    ...HOSTS.map(readHost),
    {
      names: ['ctstatus'],
      not: true,
      read({ info, value, not }) {
        const bad = (rest: string) => new IptablesError(`Bad ctstatus "${rest}"`)
        info.statuses = wordList(value, ['NONE', ...STATUSES], bad).filter((name) => name !== 'NONE') as Status[]
        compare(info, 'status', not)
      },
    },
    {
      names: ['ctexpire'],
      not: true,
      read({ info, value, not, asked }) {
        const [least, most] = integerRange(value, 0xffffffff, asked)
        Object.assign(info, { expiresMin: least, expiresMax: most })
        compare(info, 'expires', not)
      },
    },
    ...HOSTS.map(readPort),
    {
      names: ['ctdir'],
      read({ info, value }) {
        const word = value.toUpperCase()
        if (word !== 'ORIGINAL' && word !== 'REPLY') {
          throw new IptablesError(`conntrack: Bad value for "--ctdir" option: "${value}"`)
        }
        compare(info, 'direction', word === 'REPLY')
      },
    },
  ],
  check(_info, given) {
    if (given.size === 0) throw new IptablesError('conntrack: At least one option is required')
  },
  savedAs: ({ matched }) => (matched.includes('state-alias') ? 'state' : 'conntrack'),
  save: (info) => dump(info, '--', savedHost),
  list: (info, listing) => dump(info, '', (address, mask) => listedHost(address, mask, listing)),
  help: `conntrack match options:
[!] --ctstate {INVALID|ESTABLISHED|NEW|RELATED|UNTRACKED|SNAT|DNAT}[,...]
                               State(s) to match
[!] --ctproto proto            Protocol to match; by number or name, e.g. "tcp"
[!] --ctorigsrc address[/mask]
[!] --ctorigdst address[/mask]
[!] --ctreplsrc address[/mask]
[!] --ctrepldst address[/mask]
                               Original/Reply source/destination address
[!] --ctorigsrcport port
[!] --ctorigdstport port
[!] --ctreplsrcport port
[!] --ctrepldstport port
                               TCP/UDP/SCTP orig./reply source/destination port
[!] --ctstatus {NONE|EXPECTED|SEEN_REPLY|ASSURED|CONFIRMED}[,...]
                               Status(es) to match
[!] --ctexpire time[:time]     Match remaining lifetime in seconds against
                               value or range of values (inclusive)
    --ctdir {ORIGINAL|REPLY}   Flow direction of packet
`,
})

/** Connection states with commas between them, each of which may be abbreviated. */
export function states(
  text: string,
  bad: (rest: string) => Error,
  words: readonly string[] = STATE_WORDS,
): Info['states'] {
  return wordList(text, words, bad) as (typeof STATE_WORDS)[number][]
}
