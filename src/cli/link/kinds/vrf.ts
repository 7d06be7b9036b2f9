import { type Reader, wrong } from '../../grammar/index.ts'
import type { DataOf, InputOf, SlaveDataOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, type LinkKind, linkKind } from './kind.ts'

const usage = `Usage: ... vrf table TABLEID`

type Input = InputOf<'vrf'>

const { option } = kindRows<Input>()

const tableNumber: Reader<number, KindDraft<Input>> = {
  hint: 'TABLEID',
  read({ current }, { session }) {
    const table = session.names.table.id(current)
    if (table === undefined) throw wrong(current, 'invalid table ID\n')
    return table
  },
}

export const vrf = linkKind<Input>({
  name: 'vrf',
  usage,
  unknown: 'option',
  keywords: [option('table*', tableNumber, 'table')],
  print: [fields<DataOf<'vrf'>>().number('table', 'table')],
})

const portTable = fields<SlaveDataOf<'vrf'>>().number('table', 'table')

/** A link in a VRF. Nothing of it can be set. */
export const vrfSlave: LinkKind = {
  name: 'vrf_slave',
  slave: true,
  print(data, printer, session) {
    if (data !== undefined) portTable(data as SlaveDataOf<'vrf'>, printer, session)
  },
}
