import { required, u16 } from '../../../grammar/index.ts'
import { ethertype, ethertypeName } from '../../../names/ethertype.ts'
import type { Printer } from '../../../print/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { linkKind } from './kind.ts'
import { type OnceDraft, onceRows } from './once.ts'

const usage = `Usage: ... bareudp dstport PORT
		ethertype PROTO
		[ srcportmin PORT ]
		[ [no]multiproto ]

Where:	PORT  := UDP_PORT
	PROTO := ETHERTYPE

Note: ETHERTYPE can be given as number or as protocol name ("ipv4", "ipv6",
      "mpls_uc", etc.).`

type Input = InputOf<'bareudp'>
type Bareudp = DataOf<'bareudp'>

const { option, flag } = onceRows<Input>()
const { number, text } = fields<Bareudp>()

export const bareudp = linkKind<Input, OnceDraft<Input>>('bareudp', () => ({
  usage,
  unknown: 'command',
  draft: (base) => ({ ...base, given: new Set() }),
  keywords: [
    option('dstport*', 'port', 'dstport', u16('dstport', 'PORT'), 'port'),
    option('ethertype*', 'ethertype', 'ethertype', ethertype('ethertype', 'PROTO'), 'ethertype'),
    option('srcportmin*', 'srcportMin', 'srcportmin', u16('srcportmin', 'PORT'), 'srcportMin'),
    flag('multiproto*', 'multiproto', ({ request }) => {
      request.multiprotoMode = true
    }),
    flag('nomultiproto*', 'multiproto', () => {}),
  ],
  finish({ request }) {
    if (request.port === undefined) throw required('dstport')
    if (request.ethertype === undefined) throw required('ethertype')
  },
  print: [
    number('port', 'dstport'),
    text('ethertype', 'ethertype', 'ethertype', (protocol, { options }) => ethertypeName(protocol, options.numeric)),
    number('srcportMin', 'srcportmin'),
    ({ multiprotoMode }: Bareudp, printer: Printer) => {
      const on = multiprotoMode === true
      printer.field('multiproto', on, `${on ? '' : 'no'}multiproto `)
    },
  ],
}))
