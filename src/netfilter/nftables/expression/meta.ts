import { attributes, enumeration, u32be } from '../../../netlink/index.ts'

/** NFT_META_*: what is known of a packet besides its bytes. */
export const META_KEYS = {
  len: 0,
  protocol: 1,
  priority: 2,
  mark: 3,
  iif: 4,
  oif: 5,
  iifname: 6,
  oifname: 7,
  iiftype: 8,
  oiftype: 9,
  skuid: 10,
  skgid: 11,
  nftrace: 12,
  rtclassid: 13,
  secmark: 14,
  nfproto: 15,
  l4proto: 16,
  ibrname: 17,
  obrname: 18,
  pkttype: 19,
  cpu: 20,
  iifgroup: 21,
  oifgroup: 22,
  cgroup: 23,
  prandom: 24,
  secpath: 25,
  iifkind: 26,
  oifkind: 27,
  ibrpvid: 28,
  ibrvproto: 29,
  time: 30,
  day: 31,
  hour: 32,
  sdif: 33,
  sdifname: 34,
  broute: 35,
} as const

/** Loads a fact about the packet into `dreg`, or sets it from `sreg`. */
export const meta = attributes({
  dreg: [1, u32be],
  key: [2, enumeration(u32be, META_KEYS)],
  sreg: [3, u32be],
})
