import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import type { DataOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindField } from './kind.ts'
import { checksumFields, showFlowLabel, showFragmentation, showTimeToLive, showTypeOfService } from './udp-tunnel.ts'

type Vxlan = DataOf<'vxlan'>

const { number, ifOn, when } = fields<Vxlan>()

const isZero = (address: string) => address === '0.0.0.0' || address === '::'
const inMulticast = (address: string) => /^(22[4-9]|23\d)\./.test(address) || /^ff/i.test(address)

/** The group or remote address; the names in JSON of IPv6 ones end in 6. */
const showDestination =
  (suffix: '' | '6') =>
  (address: string, printer: Printer, { hostText }: Session) => {
    if (isZero(address)) return
    const word = inMulticast(address) ? 'group' : 'remote'
    printer.field(`${word}${suffix}`, hostText(address), `${word} % `)
  }
const showSource =
  (suffix: '' | '6') =>
  (address: string, printer: Printer, { hostText }: Session) => {
    if (!isZero(address)) printer.field(`local${suffix}`, hostText(address), 'local % ')
  }

/** What `-d` shows of a VXLAN. */
export const vxlanFields: readonly KindField<Vxlan>[] = [
  ifOn('collectMetadata', 'external'),
  when('vnifilter', (on, printer) => {
    if (on) printer.field('vnifilter', true, 'vnifilter')
  }),
  number('id', 'id'),
  when('group', showDestination('')),
  when('group6', showDestination('6')),
  when('local', showSource('')),
  when('local6', showSource('6')),
  when('link', (index, printer, { devices }) => {
    if (index !== 0) printer.field('link', devices.name(index), 'dev % ')
  }),
  when('portRange', ({ low, high }, printer) => {
    printer.text(`srcport ${low} ${high} `)
    if (!printer.json) return
    printer.object('port_range', () => {
      printer.data('low', low)
      printer.data('high', high)
    })
  }),
  number('port', 'port', 'dstport'),
  when('learning', (on, printer) => printer.field('learning', on, on ? '' : 'nolearning ')),
  ifOn('proxy', 'proxy'),
  ifOn('rsc', 'rsc'),
  ifOn('l2miss', 'l2miss'),
  ifOn('l3miss', 'l3miss'),
  when('tos', showTypeOfService),
  showTimeToLive,
  when('df', showFragmentation),
  when('label', showFlowLabel),
  when('ageing', (ageing, printer) => {
    printer.field('ageing', ageing, 'ageing % ', { as: ageing === 0 ? 'none' : String(ageing) })
  }),
  when('limit', (limit, printer) => {
    if (limit !== 0) printer.field('limit', limit, 'maxaddr % ')
  }),
  ...checksumFields,
  ifOn('remcsumTx', 'remcsum_tx', 'remcsumtx'),
  ifOn('remcsumRx', 'remcsum_rx', 'remcsumrx'),
  ifOn('gbp', 'gbp'),
  ifOn('gpe', 'gpe'),
]
