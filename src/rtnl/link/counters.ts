import { type FixedCodec, padding, struct, u8, u16, u32, u64 } from '../../netlink/index.ts'

/** What nearly every struct of counters begins with, each of that size. */
export const traffic = <Count extends FixedCodec<unknown, never>>(count: Count) => ({
  rxPackets: count,
  txPackets: count,
  rxBytes: count,
  txBytes: count,
  rxErrors: count,
  txErrors: count,
  rxDropped: count,
  txDropped: count,
})

const linkCounters = <Count extends FixedCodec<unknown, never>>(count: Count) => ({
  ...traffic(count),
  multicast: count,
  collisions: count,
  rxLengthErrors: count,
  rxOverErrors: count,
  rxCrcErrors: count,
  rxFrameErrors: count,
  rxFifoErrors: count,
  rxMissedErrors: count,
  txAbortedErrors: count,
  txCarrierErrors: count,
  txFifoErrors: count,
  txHeartbeatErrors: count,
  txWindowErrors: count,
  rxCompressed: count,
  txCompressed: count,
  rxNohandler: count,
})

/** struct rtnl_link_stats: the counters in 32 bits, which wrap. `counters64` is what to read. */
export const counters = struct(linkCounters(u32))

/** struct rtnl_link_stats64 (include/uapi/linux/if_link.h, which says what each counts). */
export const counters64 = struct({ ...linkCounters(u64), rxOtherhostDropped: u64 })

/** struct rtnl_link_ifmap: where old hardware lives. The C struct ends in four bytes of padding. */
export const hardwareMap = struct({
  memStart: u64,
  memEnd: u64,
  baseAddr: u64,
  irq: u16,
  dma: u8,
  port: u8,
  pad: padding(4),
})
