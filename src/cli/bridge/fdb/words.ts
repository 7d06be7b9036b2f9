import {
  abbreviates,
  cInteger,
  type Grammar,
  garbage,
  type Reader,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { failed } from '../failure.ts'
import { asInteger } from '../words.ts'
import { fdbUsage } from './usage.ts'

/** Whose forwarding table it is. */
export type Owner = 'self' | 'master'

export interface StationDraft {
  /** The address as it was written. */
  station?: string
  vlan?: number
}

/** The word that no keyword matches: a station's address. */
export function stationWord<Draft extends StationDraft>(): Grammar<Draft>['otherwise'] {
  return (words, draft) => {
    if (words.current === 'to') words.next()
    if (abbreviates(words.current, 'help')) throw usage(fdbUsage)
    if (draft.station !== undefined) throw garbage('to', words.current)
    draft.station = words.current
  }
}

const BYTE = '\\s*([+-]?(?:0x)?[0-9a-f]+)'
const STATION = new RegExp(`^${Array(6).fill(BYTE).join(':')}`, 'i')

/** The six bytes of a station's address, as C's sscanf reads them: what follows is not looked at. Throws CommandFailure. */
export function stationAddress(text: string): string {
  const found = STATION.exec(text)
  if (found === null) throw failed(`Invalid mac address ${text}`)
  return found
    .slice(1)
    .map((part) => {
      const value = Number.parseInt(part.replace(/^[+-]?(0x)?/i, ''), 16) * (part.startsWith('-') ? -1 : 1)
      return (value & 0xff).toString(16).padStart(2, '0')
    })
    .join(':')
}

/** A network identifier of 24 bits; no word at all is 0. */
export function networkId(why: string): Reader<number> {
  return {
    hint: 'VNI',
    read({ current }) {
      const value = current === '' ? 0n : cInteger(current)
      if (value === undefined || BigInt.asUintN(64, value) >> 24n !== 0n) throw wrong(current, why)
      return Number(value)
    },
  }
}

/** The `vlan` of a table, which is refused a second time before its number is looked at. Throws CommandFailure. */
export function takeVlan(draft: StationDraft, words: Words): void {
  if (draft.vlan !== undefined && draft.vlan >= 0) throw garbage('vlan', words.current)
  draft.vlan = asInteger(words.next(), 16)
}

/** A VLAN that was given, as opposed to a negative number, which counts as none. */
export function givenVlan({ vlan = -1 }: StationDraft): number | undefined {
  return vlan < 0 ? undefined : vlan
}
