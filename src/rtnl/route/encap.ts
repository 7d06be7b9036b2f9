import {
  attributes,
  bits,
  bytes,
  cstring,
  enumeration,
  ipv4,
  ipv6,
  multi,
  NESTED,
  u8,
  u16,
  u16be,
  u32,
  u32be,
  u64,
  u64be,
} from '../../netlink/index.ts'
import { geneveOption } from './geneve.ts'
import { labels } from './mpls.ts'
import { segmentRouting, segmentRoutingEncap } from './segments.ts'

/** LWTUNNEL_ENCAP_* (include/uapi/linux/lwtunnel.h). */
export const ENCAP_TYPES = {
  none: 0,
  mpls: 1,
  ip: 2,
  ila: 3,
  ip6: 4,
  seg6: 5,
  bpf: 6,
  seg6local: 7,
  rpl: 8,
  ioam6: 9,
  xfrm: 10,
} as const

export const encapType = enumeration(u16, ENCAP_TYPES)

/** Flags of a tunnel's key (IP_TUNNEL_*_BIT of include/net/ip_tunnels.h), in network byte order. */
export const TUNNEL_FLAGS = {
  csum: 0x01,
  routing: 0x02,
  key: 0x04,
  seq: 0x08,
  strict: 0x10,
  rec: 0x20,
  version: 0x40,
  'no-key': 0x80,
  'dont-fragment': 0x100,
  oam: 0x200,
  'crit-opt': 0x400,
  'geneve-opt': 0x800,
  'vxlan-opt': 0x1000,
  nocache: 0x2000,
  'erspan-opt': 0x4000,
  'gtp-opt': 0x8000,
} as const

const tunnelFlags = bits(u16be, TUNNEL_FLAGS)

/** Options of the tunnel's own protocol: LWTUNNEL_IP_OPTS and LWTUNNEL_IP6_OPTS, which are alike. */
const options = attributes({
  geneve: [1, multi(geneveOption), NESTED],
  vxlan: [2, attributes({ gbp: [1, u32] }), NESTED],
  erspan: [3, attributes({ version: [1, u8], index: [2, u32be], direction: [3, u8], hardwareId: [4, u8] }), NESTED],
})

const bpfProgram = attributes({ fd: [1, u32], name: [2, cstring] })

/** SEG6_LOCAL_ACTION_* (include/uapi/linux/seg6_local.h), by the names of iproute2. */
export const SEG6_LOCAL_ACTIONS = {
  unspec: 0,
  End: 1,
  'End.X': 2,
  'End.T': 3,
  'End.DX2': 4,
  'End.DX6': 5,
  'End.DX4': 6,
  'End.DT6': 7,
  'End.DT4': 8,
  'End.B6': 9,
  'End.B6.Encaps': 10,
  'End.BM': 11,
  'End.S': 12,
  'End.AS': 13,
  'End.AM': 14,
  'End.BPF': 15,
  'End.DT46': 16,
} as const

/** What RTA_ENCAP holds, by RTA_ENCAP_TYPE. A kind that is not here stays as bytes. */
export const encapKinds = {
  mpls: attributes({ dst: [1, labels], ttl: [2, u8] }),
  ip: attributes({
    id: [1, u64be],
    dst: [2, ipv4],
    src: [3, ipv4],
    ttl: [4, u8],
    tos: [5, u8],
    flags: [6, tunnelFlags],
    pad: [7, multi(bytes)],
    opts: [8, options, NESTED],
  }),
  ip6: attributes({
    id: [1, u64be],
    dst: [2, ipv6],
    src: [3, ipv6],
    hoplimit: [4, u8],
    tc: [5, u8],
    flags: [6, tunnelFlags],
    pad: [7, multi(bytes)],
    opts: [8, options, NESTED],
  }),
  ila: attributes({
    locator: [1, u64be],
    identifier: [2, u64be],
    locatorMatch: [3, u64be],
    ifindex: [4, u32],
    dir: [5, u32],
    pad: [6, multi(bytes)],
    csumMode: [7, u8],
    identType: [8, u8],
    hookType: [9, u8],
  }),
  seg6: attributes({ srh: [1, segmentRoutingEncap] }),
  bpf: attributes({
    in: [1, bpfProgram],
    out: [2, bpfProgram],
    xmit: [3, bpfProgram],
    xmitHeadroom: [4, u32],
  }),
  seg6local: attributes({
    action: [1, enumeration(u32, SEG6_LOCAL_ACTIONS)],
    srh: [2, segmentRouting],
    table: [3, u32],
    nh4: [4, ipv4],
    nh6: [5, ipv6],
    iif: [6, u32],
    oif: [7, u32],
    bpf: [8, bpfProgram],
    vrftable: [9, u32],
    counters: [
      10,
      attributes({ pad: [1, multi(bytes)], packets: [2, u64], bytes: [3, u64], errors: [4, u64] }),
      NESTED,
    ],
    flavors: [
      11,
      attributes({
        operation: [1, bits(u32, { psp: 1 << 1, usp: 1 << 2, usd: 1 << 3, 'next-csid': 1 << 4 })],
        lcblockBits: [2, u8],
        lcnodeFnBits: [3, u8],
      }),
      NESTED,
    ],
  }),
  rpl: attributes({ srh: [1, bytes] }),
  ioam6: attributes({
    mode: [1, enumeration(u8, { inline: 1, encap: 2, auto: 3 })],
    dst: [2, ipv6],
    trace: [3, bytes],
    freqK: [4, u32],
    freqN: [5, u32],
    src: [6, ipv6],
  }),
  xfrm: attributes({ ifId: [1, u32], link: [2, u32] }),
} as const
