import { CommandFailure, required, u32, wrong } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { hexText } from './fields.ts'
import { kindRows, linkKind } from './kind.ts'
import { below } from './udp-tunnel.ts'

const usage = `Usage: ... xfrm dev [ PHYS_DEV ] [ if_id IF-ID ]
		[ external ]

Where: IF-ID := { 0x1..0xffffffff }`

type Input = InputOf<'xfrm'>

const { option, flag } = kindRows<Input>()

export const xfrm = linkKind<Input>('xfrm', () => ({
  usage,
  unknown: 'usage',
  keywords: [
    option('dev*', below, 'link'),
    option('if_id*', u32('if_id value is invalid', 'IF-ID'), ({ request }, id, { current }) => {
      if (id === 0) throw wrong(current, 'if_id value is invalid')
      request.ifId = id
    }),
    flag('external', 'collectMetadata', true),
  ],
  finish({ request: { collectMetadata, ifId, link } }) {
    if (collectMetadata && (ifId !== undefined || link !== undefined)) {
      throw new CommandFailure("xfrmi: both 'external' and if_id/link cannot be specified", 1)
    }
    if (!collectMetadata && ifId === undefined) throw required('IF_ID')
  },
  print: [
    ({ collectMetadata, ifId }: DataOf<'xfrm'>, printer: Printer) => {
      if (collectMetadata) printer.field('external', true, 'external ')
      else if (ifId !== undefined) printer.field('if_id', hexText(ifId), 'if_id % ')
    },
  ],
}))
