import { choice, type Keyword, rows, u8, u16, u32, wrong } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindDraft, KindField } from './kind.ts'

type Key = 'erspanIndex' | 'erspanVer' | 'erspanDir' | 'erspanHwid'

/** What ERSPAN's header says: an index in version 1, a direction and a hardware id in version 2. */
export type Erspan = Pick<InputOf<'gre'>, Key>

const { option } = rows<KindDraft<Erspan>>()
const { number, hex, when } = fields<Pick<DataOf<'gre'>, Key>>()

const INDEXES = 1 << 20
const index = u32('invalid erspan index\n', 'IDX')
const version = u8('invalid erspan version\n', 'version')

export const erspanKeywords: readonly Keyword<KindDraft<Erspan>>[] = [
  option('erspan', index, ({ request }, value, { current }) => {
    if (value === 0 || value >= INDEXES) throw wrong(current, 'erspan index must be > 0 and <= 20-bit\n')
    request.erspanIndex = value
  }),
  option('erspan_ver', version, ({ request }, value, { current }) => {
    if (value > 2) throw wrong(current, 'erspan version must be 0/1/2\n')
    request.erspanVer = value
  }),
  option(
    'erspan_dir',
    choice({ 'ingress*': 'ingress', 'egress*': 'egress' } as const, 'Invalid erspan direction.'),
    'erspanDir',
  ),
  option('erspan_hwid', u16('invalid erspan hwid\n', 'hwid'), 'erspanHwid'),
]

/** Those that the version has. */
export function erspanOf({ erspanVer = 1, erspanIndex = 0, erspanDir = 'ingress', erspanHwid = 0 }: Erspan): Erspan {
  if (erspanVer === 2) return { erspanVer, erspanDir, erspanHwid }
  return { erspanVer, erspanIndex: erspanVer === 1 && erspanIndex !== 0 ? erspanIndex : undefined }
}

export const erspanFields: readonly KindField<Pick<DataOf<'gre'>, Key>>[] = [
  number('erspanIndex', 'erspan_index'),
  number('erspanVer', 'erspan_ver'),
  when('erspanDir', (direction, printer) => {
    printer.field('erspan_dir', direction === 'ingress' ? 'ingress' : 'egress', 'erspan_dir % ')
  }),
  hex('erspanHwid', 'erspan_hwid'),
]
