import { attributes, enumeration, u8, u32be } from '../../../netlink/index.ts'

/** NFT_CT_*: what is known of the packet's connection. */
export const CT_KEYS = {
  state: 0,
  direction: 1,
  status: 2,
  mark: 3,
  secmark: 4,
  expiration: 5,
  helper: 6,
  l3proto: 7,
  src: 8,
  dst: 9,
  protocol: 10,
  'proto-src': 11,
  'proto-dst': 12,
  labels: 13,
  pkts: 14,
  bytes: 15,
  avgpkt: 16,
  zone: 17,
  eventmask: 18,
  'src-ip': 19,
  'dst-ip': 20,
  'src-ip6': 21,
  'dst-ip6': 22,
  id: 23,
} as const

/** Bits of `state`, in host byte order (NF_CT_STATE_*, include/uapi/linux/netfilter/nf_conntrack_common.h). */
export const CT_STATES = { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 } as const

/** Loads a fact about the connection into `dreg`, or sets it from `sreg`. */
export const ct = attributes({
  dreg: [1, u32be],
  key: [2, enumeration(u32be, CT_KEYS)],
  direction: [3, enumeration(u8, { original: 0, reply: 1 })],
  sreg: [4, u32be],
})
