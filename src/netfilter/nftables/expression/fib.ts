import { attributes, bits, enumeration, u32be } from '../../../netlink/index.ts'

/** Asks the routing table about the packet's addresses (`flags` say which) and loads the result into `dreg`. */
export const fib = attributes({
  dreg: [1, u32be],
  result: [2, enumeration(u32be, { oif: 1, oifname: 2, type: 3 })],
  flags: [3, bits(u32be, { saddr: 1, daddr: 2, mark: 4, iif: 8, oif: 16, present: 32 })],
})

/** Loads a fact about the packet's route into `dreg`. */
export const rt = attributes({
  dreg: [1, u32be],
  key: [2, enumeration(u32be, { classid: 0, 'ip-nexthop': 1, 'ip6-nexthop': 2, mtu: 3, ipsec: 4 })],
})
