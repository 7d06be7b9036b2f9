import type { Printer } from '../../../print/index.ts'
import type { DataOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindField } from './kind.ts'

type Bond = DataOf<'bond'>

const { number, when } = fields<Bond>()

type WordKey = { [K in keyof Bond]-?: NonNullable<Bond[K]> extends string | number ? K : never }[keyof Bond]

/** A value that has a word; a number without one is UNKNOWN. */
const word = (key: WordKey, name: string, shown = name): KindField<Bond> =>
  when(key, (value: string | number, printer: Printer) => {
    printer.field(name, typeof value === 'string' ? value : 'UNKNOWN', `${shown} % `)
  })

const port = (key: 'activeSlave' | 'primary', name: string): KindField<Bond> =>
  when(key, (index, printer, { devices }) => {
    if (index !== 0) printer.field(name, devices.name(index), `${name} % `)
  })

const targets = (key: 'arpIpTarget' | 'nsIp6Target', name: string): KindField<Bond> =>
  when(key, (addresses, printer) => {
    if (addresses.length === 0) return
    printer.array(
      name,
      () => {
        for (const [i, address] of addresses.entries()) printer.item(address, i === 0 ? '%' : ',%')
      },
      `${name} `,
      ' ',
    )
  })

function showAggregator(info: NonNullable<Bond['adInfo']>, printer: Printer): void {
  const show = (name: string, value: string | number | undefined) => {
    if (value !== undefined) printer.field(name, value, `ad_${name} % `)
  }
  printer.object('ad_info', () => {
    show('aggregator', info.aggregator)
    show('num_ports', info.numPorts)
    show('actor_key', info.actorKey)
    show('partner_key', info.partnerKey)
    show('partner_mac', info.partnerMac)
  })
}

/** What `-d` shows of a bond. */
export const bondFields: readonly KindField<Bond>[] = [
  word('mode', 'mode'),
  port('activeSlave', 'active_slave'),
  number('miimon', 'miimon'),
  number('updelay', 'updelay'),
  number('downdelay', 'downdelay'),
  number('peerNotifDelay', 'peer_notify_delay'),
  number('useCarrier', 'use_carrier'),
  number('arpInterval', 'arp_interval'),
  number('missedMax', 'arp_missed_max'),
  targets('arpIpTarget', 'arp_ip_target'),
  targets('nsIp6Target', 'ns_ip6_target'),
  when('arpValidate', (value, printer) => {
    const shown = typeof value === 'string' ? value : 'UNKNOWN'
    printer.field('arp_validate', value === 'none' ? null : shown, 'arp_validate % ', { as: shown })
  }),
  word('arpAllTargets', 'arp_all_targets'),
  port('primary', 'primary'),
  word('primaryReselect', 'primary_reselect'),
  word('failOverMac', 'fail_over_mac'),
  word('xmitHashPolicy', 'xmit_hash_policy'),
  number('resendIgmp', 'resend_igmp'),
  number('numPeerNotif', 'num_peer_notif', 'num_grat_arp'),
  number('allSlavesActive', 'all_slaves_active'),
  number('minLinks', 'min_links'),
  number('lpInterval', 'lp_interval'),
  number('packetsPerSlave', 'packets_per_slave'),
  when('adLacpActive', (on, printer) => printer.field('ad_lacp_active', on ? 'on' : 'off', 'lacp_active % ')),
  word('adLacpRate', 'ad_lacp_rate', 'lacp_rate'),
  word('adSelect', 'ad_select'),
  when('adInfo', showAggregator),
  number('adActorSysPrio', 'ad_actor_sys_prio'),
  number('adUserPortKey', 'ad_user_port_key'),
  when('adActorSystem', (address, printer) => printer.field('ad_actor_system', address, 'ad_actor_system % ')),
  number('tlbDynamicLb', 'tlb_dynamic_lb'),
]
