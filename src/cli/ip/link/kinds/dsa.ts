import { device } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { kindRows, linkKind } from './kind.ts'

export const dsa = linkKind<InputOf<'dsa'>>('dsa', () => ({
  usage: 'Usage: ... dsa [ conduit DEVICE ]',
  unknown: 'command',
  help: 'full',
  keywords: [kindRows<InputOf<'dsa'>>().option('conduit|master', device('Device does not exist\n'), 'conduit')],
  print: [fields<DataOf<'dsa'>>().text('conduit', 'conduit', 'conduit', (index, { devices }) => devices.name(index))],
}))
