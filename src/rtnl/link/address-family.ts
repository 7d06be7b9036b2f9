import {
  array,
  attributes,
  bits,
  bytes,
  type Codec,
  enumeration,
  type Infer,
  type InferInput,
  i32,
  ipv6,
  select,
  struct,
  u8,
  u32,
  u64,
} from '../../netlink/index.ts'
import { bridgeFamily } from './bridge-family.ts'
import { devconfV4, devconfV6 } from './devconf.ts'
import { bridgePort } from './kinds/bridge-port.ts'

/** IFLA_INET_* (include/uapi/linux/if_link.h). */
export const inet = attributes({ conf: [1, devconfV4] })

/** IFLA_INET6_*. `stats` and `icmp6stats` begin with the count of numbers, see INET6_COUNTERS and ICMP6_COUNTERS. */
export const inet6 = attributes({
  flags: [
    1,
    bits(u32, {
      'rs-sent': 0x10,
      'ra-received': 0x20,
      'ra-managed': 0x40,
      'ra-otherconf': 0x80,
      ready: 0x80000000,
    }),
  ],
  conf: [2, devconfV6],
  stats: [3, array(u64)],
  mcast: [4, bytes],
  /** `reachableTime` and `retransTime` are milliseconds, `tstamp` is in hundredths of a second since boot. */
  cacheinfo: [5, struct({ maxReasmLen: u32, tstamp: u32, reachableTime: i32, retransTime: u32 })],
  icmp6stats: [6, array(u64)],
  token: [7, ipv6],
  addrGenMode: [8, enumeration(u8, { eui64: 0, none: 1, 'stable-privacy': 2, random: 3 })],
  raMtu: [9, u32],
})

/** IFLA_MCTP_*. */
const mctp = attributes({
  net: [1, u32],
  physBinding: [2, u8],
})

const families = attributes({
  inet: [2, inet],
  inet6: [10, inet6],
  mctp: [45, mctp],
})

type AfSpec = Infer<typeof families> & Infer<typeof bridgeFamily>
type AfSpecInput = InferInput<typeof families> & InferInput<typeof bridgeFamily>

/**
 * IFLA_AF_SPEC: a member per address family, or, in a message of family `bridge`, that family's own attributes. One type has
 * them all, so that nobody need narrow by the message's family; on the wire they never mix.
 */
export const afSpec = select('family', { bridge: bridgeFamily }, families) as unknown as Codec<AfSpec, AfSpecInput>

type Protinfo = Infer<typeof bridgePort> & Infer<typeof inet6>
type ProtinfoInput = InferInput<typeof bridgePort> & InferInput<typeof inet6>

/**
 * IFLA_PROTINFO: in a message of family `bridge` what the link is as a bridge's port, in one of `inet6` what is afSpec.inet6
 * elsewhere. The kernel has no others; theirs would be read as bytes.
 */
export const protinfo = select('family', { bridge: bridgePort, inet6 }, bytes) as unknown as Codec<
  Protinfo,
  ProtinfoInput
>
