import type { Chance } from './chance.ts'

const DEVICES = ['v0', 'v0', 'v1', 'v1', 'v2', 'v3', 'br0', 'ifb0', 'vx0', 'lo', 'n0', 'n1', 'nodev']
const NUMBERS = [
  '0',
  '1',
  '2',
  '3',
  '5',
  '10',
  '100',
  '1000',
  '0x10',
  '010',
  '255',
  '70000',
  '4294967295',
  '-1',
  'x',
  '1x',
]
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.9',
  '10.0.1.1',
  '10.1.0.1',
  '10.2',
  'fd00::1',
  'fd00::2',
  'fd00:1::9',
  '239.1.1.1',
  'ff02::5',
  'any',
  'default',
  '10.0.0.256',
  '::ffff:10.0.0.1',
]
const PREFIXES = [
  '10.0.0.1/24',
  '10.0.0.2/24',
  '10.0.1.1/32',
  '10.1.0.0/16',
  '10.1.0.1/255.255.0.0',
  '10.2/16',
  '10.9.0.0/16',
  '10.8.0.0/24',
  'fd00::1/64',
  'fd00::2/128',
  'fd00:1::/48',
  'default',
  'any',
  'all',
  '0/0',
  '::/0',
  '10.0.0.1/33',
  '10.0.0.5',
  'fd00::5',
]
const STATIONS = [
  '02:00:00:00:00:01',
  '02:00:00:00:00:f1',
  '02:00:00:00:00:f2',
  '01:00:5e:00:00:01',
  '2:0:0:0:0:3',
  '02:00',
  'x',
]
const TIMES = ['100', '1s', '200ms', '1.5s', '0', 'x', '10us']

/** What may stand where a synopsis has a name, by that name. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  DEVICE: DEVICES,
  DEV: DEVICES,
  BRDEV: ['br0', 'v0', 'nodev'],
  PORT: ['v0', 'v2', 'br0', '53', 'nodev'],
  IFNAME: DEVICES,
  STRING: DEVICES,
  NAME: ['n0', 'n1', 'n2', 'v0', 'bad/name', 'averyveryverylongname'],
  NUMBER: NUMBERS,
  LLADDR: STATIONS,
  ADDR: ADDRESSES,
  ADDRESS: ADDRESSES,
  IPADDR: ADDRESSES,
  IP_ADDRESS: ADDRESSES,
  GROUP: ['default', '5', '1', '1/2', '1,2', '2,5/2,3', '239.1.1.1', 'ff0e::3', 'x'],
  SOURCE: ['10.0.0.5', 'fd00::5', 'x'],
  IFADDR: PREFIXES,
  PREFIX: PREFIXES,
  'SCOPE-ID': ['global', 'link', 'host', '10', 'x'],
  SCOPE: ['global', 'link', 'host', 'site', 'nowhere', '10', 'x'],
  LFT: ['forever', '100', '1000', '0', 'x'],
  LABEL: ['v0', 'v0:a', 'v1:b', 'x*', 'averyveryverylonglabel'],
  MTU: ['1400', '1500', '68', '9000', '20', '70000', 'x'],
  TOS: ['0x10', '4', '0', '255', '256', 'x'],
  TIME: TIMES,
  BOOL: ['0', '1', '2', 'x'],
  REALM: ['5', '5/6', '/6', '256', 'x'],
  RTPROTO: ['static', 'boot', 'kernel', 'ra', '99', '300', 'x'],
  PROTO: ['static', 'boot', 'bird', '99', '300', 'x'],
  TABLE_ID: ['main', 'local', '77', '1000', 'default', 'all', 'x', '0'],
  PREF: ['low', 'medium', 'high', 'x'],
  STATE: ['permanent', 'stale', 'reachable', 'noarp', 'none', 'all', 'static', 'forwarding', '2', 'x'],
  TYPE: ['unicast', 'blackhole', 'veth', 'bridge', 'bridge_slave', 'x'],
  'FWMARK[/MASK]': ['1', '0x10', '0x10/0xff', '1/0', 'x'],
  'NUMBER-NUMBER': ['0-100', '5-5', '9-2', '7', 'x'],
  '[ NUMBER | NUMBER-NUMBER ]': ['53', '1-1023', '9-2', '70000', 'x'],
  DEVGROUP: ['default', '5', 'x'],
  PROTOCOL: ['tcp', 'udp', 'icmp', '6', '200', '300', 'x'],
  PREASON: ['1', '31', '32', 'x'],
  VID: ['1', '10', '4095', '5000', '10-12', 'x'],
  VNI: ['5', '10-12', '7,8', '16777216', 'x'],
  PRIO: ['0', '5', '63', '70', 'x'],
  COST: ['1', '7', '70000', '0', 'x'],
  MULTICAST_ROUTER: ['0', '1', '2', '9', 'x'],
  'id TUNNEL_ID': ['id 5', 'id 5-9', 'x'],
}

const FAMILIES = ['', '', '', 'inet ', 'inet6 ', 'link ']

/** A value for a place of a synopsis, most often one that makes sense there. */
export function valueFor(hint: string, chance: Chance): string {
  const choices = /^\{ (.*) \}$/.exec(hint)?.[1]?.split(' | ')
  if (choices !== undefined) return chance.percent(90) ? chance.pick(choices) : 'x'
  const [, option = '', rest = hint] = /^\[ (.*?) \] (.*)$/.exec(hint) ?? []
  if (option === 'FAMILY') return chance.pick(FAMILIES) + valueFor(rest, chance)
  if (option !== '') return (chance.percent(20) ? `${option.split(' ')[0]} ` : '') + valueFor(rest, chance)
  const [first = '', ...others] = hint.split(' ')
  const pool = POOLS[hint] ?? POOLS[first] ?? NUMBERS
  const more = POOLS[hint] === undefined && others.length > 0 ? ` ${valueFor(others.join(' '), chance)}` : ''
  return chance.pick(pool) + more
}
