/** What `list` is asked for, and a command line that asks for nothing. */

/** A part of a command line, for the line under it that points there. */
export interface Place {
  readonly at: number
  readonly length: number
}

/** A word with its place. */
export interface Name extends Place {
  readonly text: string
}

export interface Query {
  readonly what: What
  /** The only family to be listed; a table is of `ip` unless told. */
  readonly family: string | undefined
  readonly table: Name | undefined
  /** A chain's name, or that of a set or a map. */
  readonly item: Name | undefined
}

/** What nft says with the command line under it, and an arrow to the place. */
export class NftError extends Error {
  override readonly name = 'NftError'
  readonly code = 'ERR_NFT'

  constructor(message: string, line: string, { at, length }: Place) {
    super(`Error: ${message}\n${line}\n${' '.repeat(at)}${'^'.repeat(length)}\n`)
  }
}

/** A command of nft's that is none of `list`. */
export class UnsupportedCommand extends Error {
  override readonly name = 'UnsupportedCommand'
  readonly code = 'ERR_NFT_UNSUPPORTED'

  constructor(what: string, why: string) {
    super(`ipts nft: "${what}" is not supported${why}\n`)
  }
}

export const FAMILIES = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'] as const

/** The words after what is to be listed. */
const LISTS = {
  ruleset: 'family',
  tables: 'family',
  chains: 'family',
  sets: 'family or table',
  maps: 'family or table',
  table: 'table',
  chain: 'item',
  set: 'item',
  map: 'item',
} as const
export type What = keyof typeof LISTS

const UNSUPPORTED = {
  verbs:
    /^(add|create|delete|destroy|insert|replace|flush|rename|reset|monitor|describe|import|export|define|include)$/,
  lists: /^(counters?|quotas?|limits?|secmarks?|synproxys?|meters?|flowtables?|ct|hooks|rules?)$/,
}
const KEYWORD = new RegExp(
  `^(list|element|rule|counter|ct|meta|tcp|udp|icmp|ether|${[...FAMILIES, ...Object.keys(LISTS)].join('|')})$`,
)
const END = 'end of file or newline or semicolon'

/** Reads commands with semicolons between them. Throws NftError and UnsupportedCommand. */
export function parseQueries(line: string): Query[] {
  const queries: Query[] = []
  const tokens = tokensOf(line)
  while (tokens.length > 0) {
    if (tokens[0]!.text === ';') tokens.shift()
    else queries.push(parseQuery(tokens, line))
  }
  return queries
}

function tokensOf(line: string): Name[] {
  const found = line.replace(/#.*/, '').matchAll(/;|[^\s;]+/g)
  return [...found].map(({ 0: text, index }) => ({ text, at: index, length: text.length }))
}

function parseQuery(tokens: Name[], line: string): Query {
  const unexpected = (expected?: string) => {
    const found = tokens[0] ?? { text: '', at: line.length, length: 1 }
    const wanted = expected === undefined ? '' : `, expecting ${expected}`
    return new NftError(`syntax error, unexpected ${kindOf(found.text)}${wanted}`, line, found)
  }
  const isEnd = () => tokens.length === 0 || tokens[0]!.text === ';'
  const name = () => {
    if (isEnd() || kindOf(tokens[0]!.text) !== 'string') throw unexpected('string')
    return tokens.shift()!
  }
  const family = () => (FAMILIES.some((each) => each === tokens[0]?.text) ? tokens.shift()!.text : undefined)
  const verb = tokens[0]!.text
  if (UNSUPPORTED.verbs.test(verb)) throw new UnsupportedCommand(verb, ': this lists, and changes nothing')
  if (verb !== 'list') throw unexpected()
  tokens.shift()
  const what = tokens[0]?.text ?? ''
  if (UNSUPPORTED.lists.test(what)) throw new UnsupportedCommand(`list ${what}`, ' yet')
  if (!Object.hasOwn(LISTS, what)) throw unexpected()
  tokens.shift()
  const form = LISTS[what as What]
  const ofTable = form === 'family or table' && tokens[0]?.text === 'table' && tokens.shift() !== undefined
  const named = form === 'table' || form === 'item' || ofTable
  const given = family()
  const query = {
    what: what as What,
    family: given ?? (named ? 'ip' : undefined),
    table: named ? name() : undefined,
    item: form === 'item' ? name() : undefined,
  }
  if (!isEnd()) throw unexpected(END)
  return query
}

function kindOf(text: string): string {
  if (text === '') return 'newline'
  if (text === ';') return 'semicolon'
  if (/^\d+$/.test(text)) return 'number'
  return KEYWORD.test(text) ? text : 'string'
}
