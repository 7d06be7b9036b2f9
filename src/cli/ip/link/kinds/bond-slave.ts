import { i32, u16 } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { SlaveDataOf, SlaveInputOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindField, kindRows, linkKind } from './kind.ts'

type Input = SlaveInputOf<'bond'>
type Port = SlaveDataOf<'bond'>

const { option } = kindRows<Input>()
const { number, when } = fields<Port>()

/** A word in capitals, or a number without one under a name of its own. */
const capital = (key: 'state' | 'miiStatus', name: string): KindField<Port> =>
  when(key, (value, printer) => {
    if (typeof value === 'string') printer.field(name, value.toUpperCase(), `${name} % `)
    else printer.field(`${name}_index`, value, `${name} % `)
  })

const STATE_BITS = [
  'active',
  'short_timeout',
  'aggregating',
  'in_sync',
  'collecting',
  'distributing',
  'defaulted',
  'expired',
]

/** What LACP says of a port: the number and its bits by name. */
const lacpState = (key: 'adActorOperPortState' | 'adPartnerOperPortState', name: string): KindField<Port> =>
  when(key, (state: readonly (string | number)[], printer: Printer) => {
    const known = STATE_BITS.filter((word) => state.includes(word))
    const rest = state.reduce<number>((sum, item) => (typeof item === 'number' ? sum | item : sum), 0)
    const value = known.reduce((sum, word) => sum | (1 << STATE_BITS.indexOf(word)), rest)
    printer.field(name, value, `${name} % `)
    printer.array(
      `${name}_str`,
      () => {
        for (const [i, word] of known.entries()) printer.item(word, i < known.length - 1 || rest !== 0 ? '%,' : '%')
      },
      `${name}_str <`,
      '> ',
    )
  })

export const bondSlave = linkKind<Input>('bond_slave', () => ({
  usage: 'Usage: ... bond_slave [ queue_id ID ] [ prio PRIORITY ]',
  unknown: 'option',
  keywords: [
    option('queue_id*', u16('queue_id is invalid'), 'queueId'),
    option('prio', i32('prio is invalid'), ({ request }, priority) => {
      request.prio = priority >>> 0
    }),
  ],
  print: [
    capital('state', 'state'),
    capital('miiStatus', 'mii_status'),
    number('linkFailureCount', 'link_failure_count'),
    when('permHwaddr', (address, printer) => printer.field('perm_hwaddr', address, 'perm_hwaddr % ')),
    number('queueId', 'queue_id'),
    when('prio', (priority, printer) => printer.field('prio', priority | 0, 'prio % ')),
    number('adAggregatorId', 'ad_aggregator_id'),
    lacpState('adActorOperPortState', 'ad_actor_oper_port_state'),
    lacpState('adPartnerOperPortState', 'ad_partner_oper_port_state'),
  ],
}))
