import type { Grammar, Keyword, Spelling } from '../../../../src/cli/grammar/index.ts'
import type { Chance } from './chance.ts'
import { valueFor } from './values.ts'

/** The words of one verb of an object: `ip link add`. */
export interface VerbTable {
  readonly program: string
  readonly object: string
  readonly verb: readonly Spelling[]
  readonly keywords: readonly Keyword<never>[]
  /** What the word without a keyword is. */
  readonly positional: string | undefined
}

/**
 * What is not to be tried: links that go to another namespace, which by a process's number could be the machine's own; programs
 * and virtual functions, which no link here has; and encapsulations, some of which bring kernels down. And `as`, by which an
 * address is asked of the kernel where there can only be labels: ours does not ask.
 */
const LEFT_OUT = /^(xdp.*|vf|netns|link-netns.*|encap|parentdev|as)$/

/** What a grammar does not know of the words that its keywords read by themselves. */
const OWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  via: ['10.0.0.2', '10.0.0.9', 'inet 10.0.0.2', 'inet6 fd00::2', 'fd00::2', 'x'],
  nexthop: [
    'via 10.0.0.2',
    'via 10.0.0.9 weight 3',
    'dev v0',
    'dev v1 weight 300',
    'dev nodev',
    'via fd00::2 dev v0 onlink',
  ],
  type: [
    'veth',
    'veth peer name v3',
    'bridge',
    'ifb',
    'vxlan id 5 dstport 4789',
    'macvlan mode bridge',
    'bridge_slave',
    'x',
  ],
  to: ['10.9.0.0/16', 'fd00::/64'],
}

/** Words that are something else, or nothing, wherever they stand. */
const BAD_WORDS = ['x', 'help', '0', '-1', 'dev', 'to', 'via', 'nodev', '10.0.0.1', '1e3', '--', 'name']
/** Where a positional word is not described. */
const POSITIONALS: Readonly<Record<string, string>> = { route: 'PREFIX', rule: 'PREFIX', fdb: 'LLADDR' }
const OPTIONS = ['', '', '', '', '', '', '-4', '-6', '-d', '-o', '-j', '-j -p', '-c', '-N', '-br', '-0', '-B']
const BRIDGE_OPTIONS = ['', '', '', '', '-d', '-o', '-j', '-j -p', '-c', '-6']

/** A command line of one of the verbs, with bad words mixed in. */
export function randomCommand(tables: readonly VerbTable[], chance: Chance): string {
  const table = chance.pick(tables)
  const words: string[] = []
  // An address without an address is a question of its own, which the kernel may answer with any.
  const always = table.object === 'address' && table.positional === 'IFADDR'
  if (chance.percent(always ? 100 : table.positional !== undefined ? 90 : 50)) words.push(positional(table, chance))
  const keywords = isLinkDeletion(table)
    ? []
    : table.keywords.filter(({ spellings }) => !LEFT_OUT.test(spellings[0]!.text))
  if (keywords.length > 0) {
    for (let left = chance.below(4); left > 0; left--) words.push(keywordWords(chance.pick(keywords), chance))
  }
  // Without a device most of them are refused, all in the same way.
  const device = keywords.find(({ spellings }) => spellings.some(({ text }) => text === 'dev'))
  if (device !== undefined && chance.percent(70)) words.push(keywordWords(device, chance))
  const list = words.join(' ').split(' ')
  if (chance.percent(8)) list.splice(chance.below(list.length + 1), 0, chance.pick(BAD_WORDS))
  if (chance.percent(4)) list.pop()
  const options = chance.pick(table.program === 'ip' ? OPTIONS : BRIDGE_OPTIONS)
  return [table.program, options, table.object, spelling(table.verb, chance), ...list]
    .filter((word) => word !== '')
    .join(' ')
}

/** ip sends what else is said of a link along with its deletion, where the kernel checks it and makes nothing of it; ours does not. */
function isLinkDeletion({ program, object, verb }: VerbTable): boolean {
  return program === 'ip' && object === 'link' && verb[0]!.text === 'delete'
}

function positional({ object, positional: hint }: VerbTable, chance: Chance): string {
  return valueFor(POSITIONALS[object] ?? hint ?? 'ADDRESS', chance)
}

function keywordWords({ spellings, value }: Keyword<never>, chance: Chance): string {
  const name = spellings[0]!.text
  const word = spelling(spellings, chance)
  const own = OWN_WORDS[name]
  if (own !== undefined) return `${word} ${chance.pick(own)}`
  return value === undefined ? word : `${word} ${valueFor(value.hint, chance)}`
}

/** One of the spellings, now and then cut short. */
function spelling(spellings: readonly Spelling[], chance: Chance): string {
  const { text, abbreviable } = chance.pick(spellings)
  return abbreviable && chance.percent(15) ? text.slice(0, 1 + chance.below(text.length)) : text
}

/** The positional word of a grammar, if it says what that is. */
export function positionalOf({ otherwise }: Grammar<never>): string | undefined {
  return typeof otherwise === 'function' ? undefined : otherwise.hint
}
