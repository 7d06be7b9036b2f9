import { rule } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const { add } = rule
const table = 100
const [TCP, UDP] = [6, 17]

export const ruleCommands: Commands = {
  'rule/rules': {
    'ip rule add from 10.0.0.0/24 table 100': add({ src: '10.0.0.0/24', table }),
    'ip rule add to 10.1.0.0/24 table 1000 pref 1000': add({ dst: '10.1.0.0/24', table: 1000, priority: 1000 }),
    'ip rule add from 10.0.0.1 to 10.9.0.0/16 tos 0x10 table main pref 1001': add({
      src: '10.0.0.1',
      dst: '10.9.0.0/16',
      tos: 0x10,
      priority: 1001,
    }),
    'ip rule add fwmark 0x10 table 100 pref 1002': add({ fwmark: 0x10, table, priority: 1002 }),
    'ip rule add fwmark 0x10/0xff table 100 pref 1003': add({ fwmark: 0x10, fwmask: 0xff, table, priority: 1003 }),
    'ip rule add iif v0 table 100 pref 1004': add({ iif: 'v0', table, priority: 1004 }),
    'ip rule add oif v1 table 100 pref 1005': add({ oif: 'v1', table, priority: 1005 }),
    'ip rule add iif gone0 oif gone1 table 100 pref 1006': add({ iif: 'gone0', oif: 'gone1', table, priority: 1006 }),
    'ip rule add uidrange 1000-2000 table 100 pref 1007': add({
      uidRange: { start: 1000, end: 2000 },
      table,
      priority: 1007,
    }),
    'ip rule add ipproto tcp sport 1000-2000 dport 80 table 100 pref 1008': add({
      ipProto: TCP,
      sportRange: { start: 1000, end: 2000 },
      dportRange: { start: 80, end: 80 },
      table,
      priority: 1008,
    }),
    'ip rule add ipproto udp dport 53 table 100 pref 1009': add({
      ipProto: UDP,
      dportRange: { start: 53, end: 53 },
      table,
      priority: 1009,
    }),
    'ip rule add not from 10.0.0.0/8 table 100 pref 1010': add({
      src: '10.0.0.0/8',
      flags: ['invert'],
      table,
      priority: 1010,
    }),
    'ip rule add table main suppress_prefixlength 0 pref 1011': add({ suppressPrefixlen: 0, priority: 1011 }),
    'ip rule add table main suppress_ifgroup 5 pref 1012': add({ table: 254, suppressIfgroup: 5, priority: 1012 }),
    'ip rule add goto 1020 from 10.3.0.0/16 pref 1013': add({ goto: 1020, src: '10.3.0.0/16', priority: 1013 }),
    'ip rule add nop pref 1020': add({ action: 'nop', priority: 1020 }),
    'ip rule add blackhole from 10.4.0.0/16 pref 1014': add({
      action: 'blackhole',
      src: '10.4.0.0/16',
      priority: 1014,
    }),
    'ip rule add unreachable from 10.5.0.0/16 pref 1015': add({
      action: 'unreachable',
      src: '10.5.0.0/16',
      priority: 1015,
    }),
    'ip rule add prohibit from 10.6.0.0/16 pref 1016': add({ action: 'prohibit', src: '10.6.0.0/16', priority: 1016 }),
    'ip rule add from 10.7.0.0/16 table 100 protocol static pref 1017': add({
      src: '10.7.0.0/16',
      table,
      protocol: 'static',
      priority: 1017,
    }),
    'ip rule add from 10.8.0.0/16 table 100 realms 3/4 pref 1018': add({
      src: '10.8.0.0/16',
      table,
      flow: (3 << 16) | 4,
      priority: 1018,
    }),
    'ip rule add from all table 100 tun_id 77 pref 1019': add({ src: 'all', table, tunId: 77, priority: 1019 }),
    'ip rule add l3mdev pref 1021': add({ l3mdev: 1, priority: 1021 }),
    'ip rule add from 10.10.0.0/16 lookup local pref 1022': add({ src: '10.10.0.0/16', table: 255, priority: 1022 }),
    'ip -6 rule add from fd00::/64 to fd01::/64 table 100 pref 1001': add({
      src: 'fd00::/64',
      dst: 'fd01::/64',
      table,
      priority: 1001,
    }),
    'ip -6 rule add from fd00::1 iif lo table 2000 dport 443 pref 1002': add({
      src: 'fd00::1',
      iif: 'lo',
      table: 2000,
      dportRange: { start: 443, end: 443 },
      priority: 1002,
    }),
    'ip rule del pref 1000': rule.delete({ priority: 1000 }),
    'ip rule del from 10.0.0.0/24 table 100': rule.delete({ src: '10.0.0.0/24', table }),
    'ip rule del fwmark 0x10/0xff table 100': rule.delete({ fwmark: 0x10, fwmask: 0xff, table }),
    'ip -6 rule del pref 1001': rule.delete({ family: 'inet6', priority: 1001 }),
  },
}
