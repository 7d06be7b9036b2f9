import { u16, u32 } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { kindRows, linkKind } from './kind.ts'

/** A channel of a Qualcomm modem. */
export const rmnet = linkKind<InputOf<'rmnet'>>('rmnet', () => ({
  usage: `Usage: ... rmnet mux_id MUXID

MUXID := 1-254`,
  unknown: 'command',
  keywords: [kindRows<InputOf<'rmnet'>>().option('mux_id*', u16('mux_id is invalid', 'MUXID'), 'muxId')],
  print: [fields<DataOf<'rmnet'>>().number('muxId', 'mux_id')],
}))

/** A channel of any modem. */
export const wwan = linkKind<InputOf<'wwan'>>('wwan', () => ({
  usage: `Usage: ... wwan linkid LINKID

Where: LINKID := 0-4294967295`,
  unknown: 'command',
  keywords: [kindRows<InputOf<'wwan'>>().option('linkid*', u32('linkid', 'LINKID'), 'linkId')],
  print: [fields<DataOf<'wwan'>>().number('linkId', 'linkid')],
}))
