import { type Keyword, rows } from '../../../grammar/index.ts'
import { namesIn, withBit } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindDraft, KindField } from './kind.ts'
import { keyText, tunnelKey } from './tunnel-key.ts'

type Key = 'iflags' | 'oflags' | 'ikey' | 'okey'

/** What GRE packets have to carry, on the way in and on the way out. */
export type GreFlags = Pick<InputOf<'gre'>, Key>

type Flag = 'key' | 'seq' | 'csum'
type Direction = 'i' | 'o'

const { option, flag } = rows<KindDraft<GreFlags>>()

const WAYS: readonly (readonly [prefix: string, directions: readonly Direction[]])[] = [
  ['', ['i', 'o']],
  ['i', ['i']],
  ['o', ['o']],
]

function set(request: GreFlags, direction: Direction, of: Flag, on: boolean): void {
  request[`${direction}flags`] = withBit(request[`${direction}flags`], of, on)
}

function keys(): Keyword<KindDraft<GreFlags>>[] {
  return WAYS.flatMap(([prefix, directions]) => {
    const put = (request: GreFlags, key: number | undefined) => {
      for (const direction of directions) {
        set(request, direction, 'key', key !== undefined)
        request[`${direction}key`] = key ?? 0
      }
    }
    return [
      option(`${prefix}key*`, tunnelKey(`${prefix}key`), ({ request }, key) => put(request, key)),
      flag(`no${prefix}key*`, ({ request }) => put(request, undefined)),
    ]
  })
}

function switched(of: 'seq' | 'csum'): Keyword<KindDraft<GreFlags>>[] {
  return WAYS.flatMap(([prefix, directions]) =>
    [true, false].map((on) =>
      flag(`${on ? '' : 'no'}${prefix}${of}*`, ({ request }) => {
        for (const direction of directions) set(request, direction, of, on)
      }),
    ),
  )
}

/** `key`, `nokey`, `ikey`, …, `seq`, …, `csum`, …, in the order in which abbreviations are resolved. */
export const greFlagKeywords: readonly Keyword<KindDraft<GreFlags>>[] = [
  ...keys(),
  ...switched('seq'),
  ...switched('csum'),
]

export const noGreFlags = (): GreFlags => ({ ikey: 0, okey: 0, iflags: [], oflags: [] })

type Shown = Pick<DataOf<'gre'>, Key>
const { when } = fields<Shown>()

const showKey = (direction: Direction): KindField<Shown> =>
  when(`${direction}key`, (key, printer, _session, data) => {
    if (namesIn(data[`${direction}flags`]).includes('key')) {
      printer.field(`${direction}key`, keyText(key), `${direction}key % `)
    }
  })

const showFlag =
  (direction: Direction, of: Flag): KindField<Shown> =>
  (data, printer) => {
    const name = `${direction}${of}`
    if (namesIn(data[`${direction}flags`]).includes(of)) printer.field(name, true, `${name} `)
  }

export const greFlagFields: readonly KindField<Shown>[] = [
  showKey('i'),
  showKey('o'),
  showFlag('i', 'seq'),
  showFlag('o', 'seq'),
  showFlag('i', 'csum'),
  showFlag('o', 'csum'),
]
