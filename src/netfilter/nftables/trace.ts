import {
  attributes,
  bytes,
  cstring,
  enumeration,
  type Infer,
  message,
  multi,
  NESTED,
  u16be,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import { FAMILIES, messageNumber, netfilterHeader } from '../family.ts'
import { verdict } from './data.ts'

/** struct nfgenmsg and NFTA_TRACE_*: what became of a packet with `meta nftrace set 1`, rule by rule (group `nftrace`). */
export const traceMessage = message(
  netfilterHeader,
  attributes({
    table: [1, cstring],
    chain: [2, cstring],
    ruleHandle: [3, u64be],
    type: [4, enumeration(u32be, { policy: 1, return: 2, rule: 3 })],
    verdict: [5, verdict, NESTED],
    /** The same for all that is said of one packet. */
    id: [6, u32be],
    linkHeader: [7, bytes],
    networkHeader: [8, bytes],
    transportHeader: [9, bytes],
    iif: [10, u32be],
    iiftype: [11, u16be],
    oif: [12, u32be],
    oiftype: [13, u16be],
    mark: [14, u32be],
    nfproto: [15, enumeration(u32be, FAMILIES)],
    policy: [16, u32be],
    pad: [17, multi(bytes)],
  }),
)
export const messages = new Map([[messageNumber('nftables', 17), { name: 'NFT_MSG_TRACE', codec: traceMessage }]])
export type Trace = Infer<typeof traceMessage>
