import { attributes, bool8, enumeration, u16, u32 } from '../../../netlink/index.ts'
import { peer } from './veth.ts'

const policy = enumeration(u32, { forward: 0, blackhole: 2 })
const scrub = enumeration(u32, { none: 0, default: 1 })

/** A pair of links that is programmed with BPF (IFLA_NETKIT_*). `primary` is only said, never given. */
export const netkit = attributes({
  peerInfo: [1, peer],
  primary: [2, bool8],
  policy: [3, policy],
  peerPolicy: [4, policy],
  mode: [5, enumeration(u32, { l2: 0, l3: 1 })],
  scrub: [6, scrub],
  peerScrub: [7, scrub],
  headroom: [8, u16],
  tailroom: [9, u16],
})
