import type { LongOption } from './option-reader.ts'

type Value = LongOption['value']

/** What iptables takes besides the options of matches and targets: the letter, its long forms, its value. */
const OPTIONS: readonly (readonly [letter: string, value: Value, ...long: string[]])[] = [
  ['A', 'required', 'append'],
  ['D', 'required', 'delete'],
  ['C', 'required', 'check'],
  ['I', 'required', 'insert'],
  ['R', 'required', 'replace'],
  ['L', 'optional', 'list'],
  ['S', 'optional', 'list-rules'],
  ['F', 'optional', 'flush'],
  ['Z', 'optional', 'zero'],
  ['N', 'required', 'new-chain'],
  ['X', 'optional', 'delete-chain'],
  ['E', 'required', 'rename-chain'],
  ['P', 'required', 'policy'],
  ['s', 'required', 'source', 'src'],
  ['d', 'required', 'destination', 'dst'],
  ['p', 'required', 'protocol'],
  ['i', 'required', 'in-interface'],
  ['j', 'required', 'jump'],
  ['t', 'required', 'table'],
  ['m', 'required', 'match'],
  ['n', 'none', 'numeric'],
  ['o', 'required', 'out-interface'],
  ['v', 'none', 'verbose'],
  ['w', 'optional', 'wait'],
  ['W', 'optional', 'wait-interval'],
  ['x', 'none', 'exact'],
  ['f', 'none', 'fragments'],
  ['V', 'none', 'version'],
  ['h', 'optional', 'help'],
  ['M', 'required', 'modprobe'],
  ['c', 'required', 'set-counters'],
  ['g', 'required', 'goto'],
  ['4', 'none', 'ipv4'],
  ['6', 'none', 'ipv6'],
]

export const SHORT: ReadonlyMap<string, Value> = new Map(OPTIONS.map(([letter, value]) => [letter, value]))

export const LONG: readonly LongOption[] = [
  ...OPTIONS.flatMap(([id, value, ...names]) => names.map((name) => ({ name, id, value }))),
  { name: 'line-numbers', id: '0', value: 'none' },
]

/** Letters of options that may stand once only, in the order in which wrong ones are complained of. */
export const ONCE = 'nsdpjvxio0cf'

/** What each command may be given, of ONCE. `D#` and `Z#` are those commands with a rule's number. */
export const ALLOWED: Readonly<Record<string, string>> = {
  A: 'sdpjviocf',
  I: 'sdpjviocf',
  R: 'sdpjviocf',
  C: 'sdpjviof',
  D: 'sdpjviof',
  'D#': 'v',
  L: 'nvx0',
  S: 'v',
  F: 'v',
  Z: 'v',
  'Z#': 'v',
  N: 'v',
  X: 'v',
  P: 'vc',
  E: 'v',
}

/** Conditions that `!` may stand before, of ONCE. */
export const INVERTIBLE = {
  s: 'source',
  d: 'destination',
  p: 'protocol',
  i: 'input',
  o: 'output',
  f: 'fragment',
} as const
