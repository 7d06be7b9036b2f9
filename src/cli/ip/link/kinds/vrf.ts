import { named } from '../../../names/reader.ts'
import type { DataOf, InputOf, SlaveDataOf } from './data.ts'
import { fields } from './fields.ts'
import { kindRows, type LinkKind, linkKind } from './kind.ts'

const usage = `Usage: ... vrf table TABLEID`

type Input = InputOf<'vrf'>

const { option } = kindRows<Input>()

export const vrf = linkKind<Input>('vrf', () => ({
  usage,
  unknown: 'option',
  keywords: [option('table*', named('table', 'invalid table ID\n', 'TABLEID'), 'table')],
  print: [fields<DataOf<'vrf'>>().number('table', 'table')],
}))

const portTable = fields<SlaveDataOf<'vrf'>>().number('table', 'table')

/** A link in a VRF. Nothing of it can be set. */
export const vrfSlave: LinkKind = {
  name: 'vrf_slave',
  print(data, printer, session) {
    if (data !== undefined) portTable(data as SlaveDataOf<'vrf'>, printer, session)
  },
}
