import { attributes, bits, bytes, fixedArray, multi, padding, struct, u16, u64 } from '../../netlink/index.ts'
import { BRIDGE_VLAN_FLAGS } from './bridge-family.ts'

/** Received and sent. */
const both = fixedArray(u64, 2)

/** struct br_mcast_stats. */
const multicastStatistics = struct({
  igmpV1Queries: both,
  igmpV2Queries: both,
  igmpV3Queries: both,
  igmpLeaves: both,
  igmpV1Reports: both,
  igmpV2Reports: both,
  igmpV3Reports: both,
  igmpParseErrors: u64,
  mldV1Queries: both,
  mldV2Queries: both,
  mldLeaves: both,
  mldV1Reports: both,
  mldV2Reports: both,
  mldParseErrors: u64,
  mcastBytes: both,
  mcastPackets: both,
})

/** BRIDGE_XSTATS_*: what a bridge, or a port of one, counts (include/uapi/linux/if_bridge.h). */
export const bridgeStatistics = attributes({
  vlan: [
    1,
    multi(
      struct({
        rxBytes: u64,
        rxPackets: u64,
        txBytes: u64,
        txPackets: u64,
        vid: u16,
        flags: bits(u16, BRIDGE_VLAN_FLAGS),
        pad: padding(4),
      }),
    ),
  ],
  mcast: [2, multicastStatistics],
  pad: [3, multi(bytes)],
  stp: [4, struct({ transitionBlk: u64, transitionFwd: u64, rxBpdu: u64, txBpdu: u64, rxTcn: u64, txTcn: u64 })],
})
