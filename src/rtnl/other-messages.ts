import {
  attributes,
  bytes,
  cstring,
  type Infer,
  i32,
  ip,
  type MessageTypes,
  message,
  messageTypes,
  multi,
  padding,
  struct,
  u8,
  u16,
  u32,
} from '../netlink/index.ts'
import { family } from './family.ts'

/*
 * Message types that this library asks for nothing by, yet which traces and captures hold: their headers and outermost attributes
 * (include/uapi/linux/rtnetlink.h, if_bridge.h, dcbnl.h, if_link.h).
 */

/** struct tcmsg and TCA_*. What a queueing discipline, class, filter or chain is made of stays as bytes. */
const trafficControl = message(
  struct({ family, pad: padding(3), ifindex: i32, handle: u32, parent: u32, info: u32 }),
  attributes({
    kind: [1, cstring],
    options: [2, bytes],
    stats: [3, bytes],
    xstats: [4, bytes],
    rate: [5, bytes],
    fcnt: [6, bytes],
    stats2: [7, bytes],
    stab: [8, bytes],
    pad: [9, multi(bytes)],
    dumpInvisible: [10, bytes],
    chain: [11, u32],
    hwOffload: [12, u8],
    ingressBlock: [13, u32],
    egressBlock: [14, u32],
    dumpFlags: [15, bytes],
    extWarnMsg: [16, cstring],
  }),
)

/** struct tcamsg and TCA_ROOT_*. */
const action = message(
  struct({ family, pad: padding(3) }),
  attributes({ tab: [1, bytes], flags: [2, bytes], count: [3, u32], timeDelta: [4, u32], extWarnMsg: [5, cstring] }),
)

/** struct prefixmsg: a prefix of a router advertisement. */
const advertisedPrefix = message(
  struct({ family, pad: padding(3), ifindex: i32, type: u8, length: u8, flags: u8, pad3: padding(1) }),
  attributes({ address: [1, ip], cacheinfo: [2, struct({ preferred: u32, valid: u32 })] }),
)

/** struct nduseroptmsg: `rest` holds the options of `optsLength` bytes, then NDUSEROPT_* attributes. */
const neighbourDiscoveryOptions = struct({
  family,
  pad: padding(1),
  optsLength: u16,
  ifindex: i32,
  icmpType: u8,
  icmpCode: u8,
  pad2: padding(6),
})

/** struct dcbmsg. */
const dataCentreBridging = message(struct({ family, command: u8, pad: padding(2) }), attributes({}))

/** struct rtgenmsg and IPMRA_CREPORT_*. */
const cacheReport = message(
  struct({ family, pad: padding(3) }),
  attributes({
    msgtype: [1, u8],
    vifId: [2, u32],
    srcAddr: [3, ip],
    dstAddr: [4, ip],
    pkt: [5, bytes],
    table: [6, u32],
  }),
)

/** What these messages hold. */
export type OtherMessages = Readonly<Record<TrafficControlName, Infer<typeof trafficControl>>> &
  Readonly<Record<`RTM_${'NEW' | 'DEL' | 'GET'}ACTION`, Infer<typeof action>>> &
  Readonly<Record<'RTM_GETDCB' | 'RTM_SETDCB', Infer<typeof dataCentreBridging>>> & {
    readonly RTM_NEWPREFIX: Infer<typeof advertisedPrefix>
    readonly RTM_NEWNDUSEROPT: Infer<typeof neighbourDiscoveryOptions>
    readonly RTM_NEWCACHEREPORT: Infer<typeof cacheReport>
  }

type TrafficControlName = `RTM_${'NEW' | 'DEL' | 'GET'}${'QDISC' | 'TCLASS' | 'TFILTER' | 'CHAIN'}`

export const otherMessages: MessageTypes<OtherMessages> = messageTypes<OtherMessages>({
  RTM_NEWQDISC: [36, trafficControl],
  RTM_DELQDISC: [37, trafficControl],
  RTM_GETQDISC: [38, trafficControl],
  RTM_NEWTCLASS: [40, trafficControl],
  RTM_DELTCLASS: [41, trafficControl],
  RTM_GETTCLASS: [42, trafficControl],
  RTM_NEWTFILTER: [44, trafficControl],
  RTM_DELTFILTER: [45, trafficControl],
  RTM_GETTFILTER: [46, trafficControl],
  RTM_NEWACTION: [48, action],
  RTM_DELACTION: [49, action],
  RTM_GETACTION: [50, action],
  RTM_NEWPREFIX: [52, advertisedPrefix],
  RTM_NEWNDUSEROPT: [68, neighbourDiscoveryOptions],
  RTM_GETDCB: [78, dataCentreBridging],
  RTM_SETDCB: [79, dataCentreBridging],
  RTM_NEWCACHEREPORT: [96, cacheReport],
  RTM_NEWCHAIN: [100, trafficControl],
  RTM_DELCHAIN: [101, trafficControl],
  RTM_GETCHAIN: [102, trafficControl],
})
