import type { DeviceDraft, Keyword, Reader, Words } from '../grammar/index.ts'
import { type CommandFailure, rows } from '../grammar/index.ts'
import type { Session } from '../session.ts'
import { failed } from './failure.ts'

/** What C's atoi makes of a word and keeps in so many bits, signed. */
export function integer(bits: 8 | 16 | 32, hint = 'NUMBER'): Reader<number> {
  return { hint, read: ({ current }) => asInteger(current, bits) }
}

export function asInteger(word: string, bits: 8 | 16 | 32): number {
  const digits = /^\s*[+-]?\d+/.exec(word)?.[0] ?? '0'
  return Number(BigInt.asIntN(bits, clamped(BigInt(digits.trim().replace('+', '')))))
}

/** strtol stops at the ends of 64 bits. */
function clamped(value: bigint): bigint {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n]
  return value < least ? least : value > most ? most : value
}

export interface RangeOfVlans {
  readonly first: number
  /** Absent for one alone. */
  readonly last?: number
}

/** `10` or `10-20`: numbers in 16 bits, which nobody has checked. */
export const vlanRange: Reader<RangeOfVlans> = {
  hint: 'VID',
  read({ current }) {
    const dash = current.indexOf('-')
    if (dash < 0) return { first: asInteger(current, 16) }
    return { first: asInteger(current.slice(0, dash), 16), last: asInteger(current.slice(dash + 1), 16) }
  },
}

const unsigned = (value: number) => value & 0xffff

/** Throws CommandFailure. */
export function checkVlan(vid: number): void {
  if (vid >= 4096) throw failed(`Invalid VLAN ID "${unsigned(vid)}"`)
}

/** Throws CommandFailure. */
export function invalidRange({ first, last = 0 }: RangeOfVlans): CommandFailure {
  return failed(`Invalid VLAN range "${unsigned(first)}-${unsigned(last)}"`)
}

/** A device that has to exist, at the end of a command; `what` is what it is to be. Throws CommandFailure. */
export function findNamed({ session }: DeviceDraft, what: string, name: string): number {
  const index = session.devices.index(name)
  if (index === 0) throw failed(`Cannot find ${what} "${name}"`)
  return index
}

/** Of a table's rows: those that show what is of one device, or one VLAN. */
export interface ShowDraft {
  readonly session: Session
  readonly request: object
  device?: string
  vlan?: number
}

const { option } = rows<ShowDraft>()
const name: Reader<string> = { hint: 'DEV', read: ({ current }) => current }

export const onDevice: Keyword<ShowDraft> = option(
  'dev',
  name,
  (draft, word) => {
    draft.device = word
  },
  { once: 'dev' },
)

/** Words that a table does not know, and passes over. */
export function passOver(): void {}

/** The same; but bridge looks for one more word after `help`, which in some tables may be cut short. Throws CommandFailure. */
export function passOverHelp(spells: (word: string) => boolean): (words: Words) => void {
  return (words) => {
    if (spells(words.current)) words.next()
  }
}
