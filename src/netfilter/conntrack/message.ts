import {
  attributes,
  bits,
  bytes,
  cstring,
  enumeration,
  type Infer,
  type InferInput,
  ipv4,
  ipv6,
  message,
  multi,
  NESTED,
  struct,
  u8,
  u16be,
  u32,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import { netfilterHeader } from '../family.ts'

/** IPS_* (include/uapi/linux/netfilter/nf_conntrack_common.h). `src-nat` and `dst-nat`: its addresses are rewritten. */
export const STATUS = {
  expected: 0x1,
  'seen-reply': 0x2,
  assured: 0x4,
  confirmed: 0x8,
  'src-nat': 0x10,
  'dst-nat': 0x20,
  'seq-adjust': 0x40,
  'src-nat-done': 0x80,
  'dst-nat-done': 0x100,
  dying: 0x200,
  'fixed-timeout': 0x400,
  template: 0x800,
  'nat-clash': 0x1000,
  helper: 0x2000,
  offload: 0x4000,
  'hw-offload': 0x8000,
} as const
export type StatusName = keyof typeof STATUS

/** enum tcp_conntrack. */
export const TCP_STATES = {
  none: 0,
  'syn-sent': 1,
  'syn-recv': 2,
  established: 3,
  'fin-wait': 4,
  'close-wait': 5,
  'last-ack': 6,
  'time-wait': 7,
  close: 8,
  'syn-sent2': 9,
  max: 10,
  ignore: 11,
  retrans: 12,
  unack: 13,
  'timeout-max': 14,
} as const
export type TcpState = keyof typeof TCP_STATES

const SCTP_STATES = {
  none: 0,
  closed: 1,
  'cookie-wait': 2,
  'cookie-echoed': 3,
  established: 4,
  'shutdown-sent': 5,
  'shutdown-received': 6,
  'shutdown-ack-sent': 7,
  'heartbeat-sent': 8,
} as const

const TCP_FLAGS = {
  'window-scale': 0x1,
  'sack-permitted': 0x2,
  'close-init': 0x4,
  'be-liberal': 0x8,
  unacknowledged: 0x10,
  maxack: 0x20,
  'challenge-ack': 0x40,
  'simultaneous-open': 0x80,
} as const

const addresses = attributes({
  source: [1, ipv4],
  destination: [2, ipv4],
  source6: [3, ipv6],
  destination6: [4, ipv6],
})

const protocol = attributes({
  /** IPPROTO_*. */
  number: [1, u8],
  sourcePort: [2, u16be],
  destinationPort: [3, u16be],
  icmpId: [4, u16be],
  icmpType: [5, u8],
  icmpCode: [6, u8],
  icmpv6Id: [7, u16be],
  icmpv6Type: [8, u8],
  icmpv6Code: [9, u8],
})

/** CTA_TUPLE_*: one direction of a connection, as its packets say it. */
export const tuple = attributes({
  ip: [1, addresses, NESTED],
  protocol: [2, protocol, NESTED],
  zone: [3, u16be],
})
export type Tuple = Infer<typeof tuple>

const counters = attributes({
  packets: [1, u64be],
  bytes: [2, u64be],
  packets32: [3, u32be],
  bytes32: [4, u32be],
  pad: [5, multi(bytes)],
})

const tcpFlags = struct({ flags: bits(u8, TCP_FLAGS), mask: bits(u8, TCP_FLAGS) })

const protocolInfo = attributes({
  tcp: [
    1,
    attributes({
      state: [1, enumeration(u8, TCP_STATES)],
      windowScaleOriginal: [2, u8],
      windowScaleReply: [3, u8],
      flagsOriginal: [4, tcpFlags],
      flagsReply: [5, tcpFlags],
    }),
    NESTED,
  ],
  dccp: [
    2,
    attributes({ state: [1, u8], role: [2, u8], handshakeSequence: [3, u64be], pad: [4, multi(bytes)] }),
    NESTED,
  ],
  sctp: [
    3,
    attributes({ state: [1, enumeration(u8, SCTP_STATES)], vtagOriginal: [2, u32be], vtagReply: [3, u32be] }),
    NESTED,
  ],
})

const nat = attributes({
  addressMin: [1, ipv4],
  addressMax: [2, ipv4],
  addressMin6: [4, ipv6],
  addressMax6: [5, ipv6],
  ports: [3, attributes({ portMin: [1, u16be], portMax: [2, u16be] }), NESTED],
})

const sequenceAdjustment = attributes({ position: [1, u32be], before: [2, u32be], after: [3, u32be] })

export const conntrackAttributes = attributes({
  original: [1, tuple, NESTED],
  reply: [2, tuple, NESTED],
  status: [3, bits(u32be, STATUS)],
  protocolInfo: [4, protocolInfo, NESTED],
  help: [5, attributes({ name: [1, cstring], info: [2, bytes] }), NESTED],
  natSource: [6, nat, NESTED],
  /** Seconds until it is forgotten. */
  timeout: [7, u32be],
  mark: [8, u32be],
  /** Only with net.netfilter.nf_conntrack_acct=1. */
  countersOriginal: [9, counters, NESTED],
  countersReply: [10, counters, NESTED],
  use: [11, u32be],
  id: [12, u32be],
  natDestination: [13, nat, NESTED],
  master: [14, tuple, NESTED],
  sequenceOriginal: [15, sequenceAdjustment, NESTED],
  sequenceReply: [16, sequenceAdjustment, NESTED],
  secmark: [17, u32be],
  zone: [18, u16be],
  security: [19, attributes({ name: [1, cstring] }), NESTED],
  /** Nanoseconds since 1970. Only with net.netfilter.nf_conntrack_timestamp=1. */
  timestamp: [20, attributes({ start: [1, u64be], stop: [2, u64be], pad: [3, multi(bytes)] }), NESTED],
  markMask: [21, u32be],
  labels: [22, bytes],
  labelsMask: [23, bytes],
  synproxy: [24, attributes({ isn: [1, u32be], its: [2, u32be], timestampOffset: [3, u32be] }), NESTED],
  filter: [25, attributes({ originalFlags: [1, u32], replyFlags: [2, u32] }), NESTED],
  statusMask: [26, bits(u32be, STATUS)],
  /** When the event happened, in nanoseconds since 1970. Linux 6.15. */
  eventTimestamp: [27, u64be],
})

/** struct nfgenmsg and CTA_* (include/uapi/linux/netfilter/nfnetlink_conntrack.h). */
export const conntrackMessage = message(netfilterHeader, conntrackAttributes)

/**
 * A connection that the kernel follows: `original` as its first packet went, `reply` as its answers come. With NAT they are not each
 * other's reverse; `status` has `src-nat` or `dst-nat` then.
 */
export type Connection = Infer<typeof conntrackMessage>
export type ConnectionInput = InferInput<typeof conntrackMessage>

/** CTA_STATS_*: of one processor, or with `global` of all. */
export const statisticsMessage = message(
  netfilterHeader,
  attributes({
    searched: [1, u32be],
    found: [2, u32be],
    new: [3, u32be],
    invalid: [4, u32be],
    ignore: [5, u32be],
    delete: [6, u32be],
    deleteList: [7, u32be],
    insert: [8, u32be],
    insertFailed: [9, u32be],
    drop: [10, u32be],
    earlyDrop: [11, u32be],
    error: [12, u32be],
    searchRestart: [13, u32be],
    clashResolve: [14, u32be],
    chainTooLong: [15, u32be],
  }),
)
export type Statistics = Infer<typeof statisticsMessage>

/** CTA_STATS_GLOBAL_*. */
export const totalsMessage = message(netfilterHeader, attributes({ entries: [1, u32be], maxEntries: [2, u32be] }))
export type Totals = Infer<typeof totalsMessage>
