import { address } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const LO = 1
const V0 = 3
const FOREVER = 0xffffffff
const { add, change, replace } = address

export const addressCommands: Commands = {
  'link/vrf': { 'ip addr add 10.9.0.1/24 dev v0': add({ address: '10.9.0.1/24', index: V0 }) },
  'address/ipv4': {
    'ip addr add 10.0.0.1/24 dev v0': add({ address: '10.0.0.1/24', index: V0 }),
    'ip addr add 10.0.1.1/24 brd + dev v0': add({ address: '10.0.1.1/24', index: V0, broadcast: '+' }),
    'ip addr add 10.0.2.1/24 broadcast 10.0.2.254 dev v0': add({
      address: '10.0.2.1/24',
      index: V0,
      broadcast: '10.0.2.254',
    }),
    'ip addr add 10.0.3.1/24 brd - dev v0': add({ address: '10.0.3.1/24', index: V0, broadcast: '-' }),
    'ip addr add 10.0.4.1 dev v0': add({ address: '10.0.4.1', index: V0 }),
    'ip addr add 10.0.5.1 peer 10.0.5.2 dev v0': add({ address: '10.0.5.1', peer: '10.0.5.2', index: V0 }),
    'ip addr add 10.0.6.1 peer 10.0.6.2/30 dev v0': add({ address: '10.0.6.1', peer: '10.0.6.2/30', index: V0 }),
    'ip addr add 10.0.7.1/24 dev v0 label v0:lab': add({ address: '10.0.7.1/24', index: V0, label: 'v0:lab' }),
    'ip addr add 10.0.8.1/24 dev v0 scope link': add({ address: '10.0.8.1/24', index: V0, scope: 'link' }),
    'ip addr add 10.0.9.1/24 dev v0 scope host': add({ address: '10.0.9.1/24', index: V0, scope: 'host' }),
    'ip addr add 10.0.10.1/24 dev v0 scope 100': add({ address: '10.0.10.1/24', index: V0, scope: 100 }),
    'ip addr add 10.0.11.1/24 dev v0 valid_lft 1000 preferred_lft 500': add({
      address: '10.0.11.1/24',
      index: V0,
      cacheinfo: { valid: 1000, preferred: 500 },
    }),
    'ip addr add 10.0.12.1/24 dev v0 noprefixroute': add({
      address: '10.0.12.1/24',
      index: V0,
      flags: ['noprefixroute'],
    }),
    'ip addr add 10.0.13.1/24 dev v0 metric 500': add({ address: '10.0.13.1/24', index: V0, metric: 500 }),
    'ip addr add 224.0.0.100/32 dev v0 autojoin': add({
      address: '224.0.0.100/32',
      index: V0,
      flags: ['mcautojoin'],
    }),
    'ip addr add 10.0.0.2/24 dev v0': add({ address: '10.0.0.2/24', index: V0 }),
    'ip addr replace 10.0.14.1/24 dev v0 valid_lft forever preferred_lft 100': replace({
      address: '10.0.14.1/24',
      index: V0,
      cacheinfo: { preferred: 100 },
    }),
    'ip addr replace 10.0.14.1/24 dev v0 preferred_lft 200 metric 9': replace({
      address: '10.0.14.1/24',
      index: V0,
      cacheinfo: { preferred: 200 },
      metric: 9,
    }),
    'ip addr add local 10.0.15.1/24 anycast 10.0.15.9 dev v0': add({
      address: '10.0.15.1/24',
      index: V0,
      anycast: '10.0.15.9',
    }),
    'ip addr add 127.0.0.2/8 dev lo': add({ address: '127.0.0.2/8', index: LO }),
    'ip addr del 10.0.0.1/24 dev v0': address.delete({ address: '10.0.0.1/24', index: V0 }),
    'ip addr del 10.0.5.1 peer 10.0.5.2 dev v0': address.delete({ address: '10.0.5.1', peer: '10.0.5.2', index: V0 }),
  },
  'address/lifetimes': {
    'ip addr add 10.0.11.1/24 dev v0 valid_lft 1000 preferred_lft 500': add({
      address: '10.0.11.1/24',
      index: V0,
      cacheinfo: { valid: 1000, preferred: 500 },
    }),
    'ip addr change 10.0.11.1/24 dev v0 valid_lft 2000 preferred_lft 1500': change({
      address: '10.0.11.1/24',
      index: V0,
      cacheinfo: { valid: 2000, preferred: 1500 },
    }),
    'ip addr change 10.0.11.1/24 dev v0 valid_lft 2000 preferred_lft 0': change({
      address: '10.0.11.1/24',
      index: V0,
      cacheinfo: { valid: 2000, preferred: 0 },
    }),
  },
  'address/ipv6': {
    'ip addr add fd00::1/64 dev v0': add({ address: 'fd00::1/64', index: V0 }),
    'ip addr add fd00:1::1/64 dev v0 nodad': add({ address: 'fd00:1::1/64', index: V0, flags: ['nodad'] }),
    'ip addr add fd00:2::1 dev v0': add({ address: 'fd00:2::1', index: V0 }),
    'ip addr add fd00:3::1/64 dev v0 noprefixroute': add({
      address: 'fd00:3::1/64',
      index: V0,
      flags: ['noprefixroute'],
    }),
    'ip addr add fd00:4::1/64 dev v0 mngtmpaddr': add({
      address: 'fd00:4::1/64',
      index: V0,
      flags: ['managetempaddr'],
    }),
    'ip addr add fd00:5::1/64 dev v0 home': add({ address: 'fd00:5::1/64', index: V0, flags: ['homeaddress'] }),
    'ip addr add fd00:6::1/64 dev v0 valid_lft 1000 preferred_lft 500': add({
      address: 'fd00:6::1/64',
      index: V0,
      cacheinfo: { valid: 1000, preferred: 500 },
    }),
    'ip addr add fd00:7::1/64 dev v0 preferred_lft 0': add({
      address: 'fd00:7::1/64',
      index: V0,
      cacheinfo: { preferred: 0 },
    }),
    'ip addr add fd00:8::1 peer fd00:8::2/64 dev v0': add({ address: 'fd00:8::1', peer: 'fd00:8::2/64', index: V0 }),
    'ip addr add fd00:9::1/64 dev v0 metric 700': add({ address: 'fd00:9::1/64', index: V0, metric: 700 }),
    'ip addr add ff0e::99/128 dev v0 autojoin': add({ address: 'ff0e::99/128', index: V0, flags: ['mcautojoin'] }),
    'ip addr add fe80::99/64 dev v0 scope link': add({ address: 'fe80::99/64', index: V0, scope: 'link' }),
    'ip addr change fd00:6::1/64 dev v0 valid_lft 2000 preferred_lft 1000': change({
      address: 'fd00:6::1/64',
      index: V0,
      cacheinfo: { valid: 2000, preferred: 1000 },
    }),
    'ip addr replace fd00:6::1/64 dev v0 valid_lft forever preferred_lft forever': replace({
      address: 'fd00:6::1/64',
      index: V0,
      cacheinfo: { valid: FOREVER },
    }),
    'ip addr del fd00::1/64 dev v0': address.delete({ address: 'fd00::1/64', index: V0 }),
  },
}
