import {
  addressText,
  CommandFailure,
  cNumber,
  expectAddress,
  expectIpv4,
  lladdr,
  noDevice,
  type Reader,
  u8,
  u16,
  u32,
  type Words,
  wrong,
} from '../../../grammar/index.ts'
import { bondFields } from './bond-fields.ts'
import type { InputOf } from './data.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'

const usage = `Usage: ... bond [ mode BONDMODE ] [ active_slave SLAVE_DEV ]
                [ clear_active_slave ] [ miimon MIIMON ]
                [ updelay UPDELAY ] [ downdelay DOWNDELAY ]
                [ peer_notify_delay DELAY ]
                [ use_carrier USE_CARRIER ]
                [ arp_interval ARP_INTERVAL ]
                [ arp_validate ARP_VALIDATE ]
                [ arp_all_targets ARP_ALL_TARGETS ]
                [ arp_ip_target [ ARP_IP_TARGET, ... ] ]
                [ ns_ip6_target [ NS_IP6_TARGET, ... ] ]
                [ primary SLAVE_DEV ]
                [ primary_reselect PRIMARY_RESELECT ]
                [ fail_over_mac FAIL_OVER_MAC ]
                [ xmit_hash_policy XMIT_HASH_POLICY ]
                [ resend_igmp RESEND_IGMP ]
                [ num_grat_arp|num_unsol_na NUM_GRAT_ARP|NUM_UNSOL_NA ]
                [ all_slaves_active ALL_SLAVES_ACTIVE ]
                [ min_links MIN_LINKS ]
                [ lp_interval LP_INTERVAL ]
                [ packets_per_slave PACKETS_PER_SLAVE ]
                [ tlb_dynamic_lb TLB_DYNAMIC_LB ]
                [ lacp_rate LACP_RATE ]
                [ lacp_active LACP_ACTIVE]
                [ ad_select AD_SELECT ]
                [ ad_user_port_key PORTKEY ]
                [ ad_actor_sys_prio SYSPRIO ]
                [ ad_actor_system LLADDR ]
                [ arp_missed_max MISSED_MAX ]

BONDMODE := balance-rr|active-backup|balance-xor|broadcast|802.3ad|balance-tlb|balance-alb
ARP_VALIDATE := none|active|backup|all|filter|filter_active|filter_backup
ARP_ALL_TARGETS := any|all
PRIMARY_RESELECT := always|better|failure
FAIL_OVER_MAC := none|active|follow
XMIT_HASH_POLICY := layer2|layer2+3|layer3+4|encap2+3|encap3+4|vlan+srcmac
LACP_ACTIVE := off|on
LACP_RATE := slow|fast
AD_SELECT := stable|bandwidth|count
`.trimEnd()

type Input = InputOf<'bond'>

const { option, flag } = kindRows<Input>()

/** One of a list of words, or its place in the list, counted from 0. */
function listed<const Word extends string>(name: string, ...words: readonly Word[]): Reader<Word> {
  return {
    hint: words.join('|'),
    choices: words,
    read({ current }) {
      const place = cNumber(current, 0, words.length - 1, 10)
      const found = place === undefined ? words.find((word) => word === current) : words[place]
      if (found === undefined) throw wrong(current, `invalid ${name}`)
      return found
    },
  }
}

const MOST_TARGETS = 16

/** Addresses with commas between them; none where the line ends. */
function targets(words: Words, read: (word: string) => string): string[] {
  if (!words.hasNext) return []
  return words.next().split(',').filter(Boolean).slice(0, MOST_TARGETS).map(read)
}

const ipv4Target = (word: string) => addressText(expectIpv4(word)) || '0.0.0.0'
const ipv6Target = (word: string) => addressText(expectAddress(word, 'inet6')) || '::'

const port: Reader<number, KindDraft<Input>> = {
  hint: 'SLAVE_DEV',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw noDevice(current)
    return index
  },
}

/** A switch. Other numbers are refused as the kernel refuses them. */
const bit = (name: string): Reader<boolean> => {
  const { hint, read } = u8(`invalid ${name}`)
  return {
    hint,
    read(words, draft) {
      const value = read(words, draft)
      if (value > 1) throw new CommandFailure('Error: invalid option value.', 2)
      return value === 1
    },
  }
}

const number = (name: string) => u32(`invalid ${name}`)

export const bond = linkKind<Input>('bond', () => ({
  usage,
  unknown: 'command',
  keywords: [
    option(
      'mode*',
      listed(
        'mode',
        'balance-rr',
        'active-backup',
        'balance-xor',
        'broadcast',
        '802.3ad',
        'balance-tlb',
        'balance-alb',
      ),
      'mode',
    ),
    option('active_slave*', port, 'activeSlave'),
    flag('clear_active_slave*', 'activeSlave', 0),
    option('miimon*', number('miimon'), 'miimon'),
    option('updelay*', number('updelay'), 'updelay'),
    option('downdelay*', number('downdelay'), 'downdelay'),
    option('peer_notify_delay*', number('peer_notify_delay'), 'peerNotifDelay'),
    option('use_carrier*', bit('use_carrier'), 'useCarrier'),
    option('arp_interval*', number('arp_interval'), 'arpInterval'),
    flag('arp_ip_target*', ({ request }, words) => {
      request.arpIpTarget = targets(words, ipv4Target)
    }),
    flag('ns_ip6_target', ({ request }, words) => {
      request.nsIp6Target = targets(words, ipv6Target)
    }),
    option(
      'arp_validate*',
      listed('arp_validate', 'none', 'active', 'backup', 'all', 'filter', 'filter_active', 'filter_backup'),
      'arpValidate',
    ),
    option('arp_all_targets*', listed('arp_all_targets', 'any', 'all'), 'arpAllTargets'),
    option('arp_missed_max', u8('invalid arp_missed_max'), 'missedMax'),
    option('primary*', port, 'primary'),
    option('primary_reselect*', listed('primary_reselect', 'always', 'better', 'failure'), 'primaryReselect'),
    option('fail_over_mac*', listed('fail_over_mac', 'none', 'active', 'follow'), 'failOverMac'),
    option(
      'xmit_hash_policy*',
      listed('xmit_hash_policy', 'layer2', 'layer3+4', 'layer2+3', 'encap2+3', 'encap3+4', 'vlan+srcmac'),
      'xmitHashPolicy',
    ),
    option('resend_igmp*', number('resend_igmp'), 'resendIgmp'),
    option('num_grat_arp*|num_unsol_na*', u8('invalid num_grat_arp|num_unsol_na'), 'numPeerNotif'),
    option('all_slaves_active*', bit('all_slaves_active'), 'allSlavesActive'),
    option('min_links*', number('min_links'), 'minLinks'),
    option('lp_interval*', number('lp_interval'), 'lpInterval'),
    option('packets_per_slave*', number('packets_per_slave'), 'packetsPerSlave'),
    option('lacp_rate*', listed('lacp_rate', 'slow', 'fast'), 'adLacpRate'),
    option('lacp_active', listed('lacp_active', 'off', 'on'), ({ request }, word) => {
      request.adLacpActive = word === 'on'
    }),
    option('ad_select*', listed('ad_select', 'stable', 'bandwidth', 'count'), 'adSelect'),
    option('ad_user_port_key*', u16('invalid ad_user_port_key'), 'adUserPortKey'),
    option('ad_actor_sys_prio*', u16('invalid ad_actor_sys_prio'), 'adActorSysPrio'),
    option('ad_actor_system*', lladdr, 'adActorSystem'),
    option('tlb_dynamic_lb*', bit('tlb_dynamic_lb'), 'tlbDynamicLb'),
  ],
  print: bondFields,
}))
