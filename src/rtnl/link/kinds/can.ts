import { array, attributes, bits, enumeration, fixedBytes, NESTED, struct, u16, u32 } from '../../../netlink/index.ts'

/** CAN_CTRLMODE_*: what a controller does beside sending and receiving. */
const mode = bits(u32, {
  loopback: 0x1,
  'listen-only': 0x2,
  'triple-sampling': 0x4,
  'one-shot': 0x8,
  'berr-reporting': 0x10,
  fd: 0x20,
  'presume-ack': 0x40,
  'fd-non-iso': 0x80,
  'cc-len8-dlc': 0x100,
  'tdc-auto': 0x200,
  'tdc-manual': 0x400,
})

/** Bits a second, the sample point in thousandths, the time quantum in nanoseconds, and segments in such quanta. */
const timing = struct({
  bitrate: u32,
  samplePoint: u32,
  tq: u32,
  propSeg: u32,
  phaseSeg1: u32,
  phaseSeg2: u32,
  sjw: u32,
  brp: u32,
})

/** What the hardware, called `name`, can. The name is ended by a NUL. */
const limits = struct({
  name: fixedBytes(16),
  tseg1Min: u32,
  tseg1Max: u32,
  tseg2Min: u32,
  tseg2Max: u32,
  sjwMax: u32,
  brpMin: u32,
  brpMax: u32,
  brpInc: u32,
})

/** Transmitter delay compensation (IFLA_CAN_TDC_*). */
const tdc = attributes({
  tdcvMin: [1, u32],
  tdcvMax: [2, u32],
  tdcoMin: [3, u32],
  tdcoMax: [4, u32],
  tdcfMin: [5, u32],
  tdcfMax: [6, u32],
  tdcv: [7, u32],
  tdco: [8, u32],
  tdcf: [9, u32],
})

/**
 * A controller of a CAN bus (IFLA_CAN_*, include/uapi/linux/can/netlink.h); those that begin with `data` are about the faster part of CAN
 * FD frames. Of the modes in `ctrlmode.mask`, those in `ctrlmode.flags` are on.
 */
export const can = attributes({
  bittiming: [1, timing],
  bittimingConst: [2, limits],
  clock: [3, struct({ freq: u32 })],
  state: [
    4,
    enumeration(u32, {
      'error-active': 0,
      'error-warning': 1,
      'error-passive': 2,
      'bus-off': 3,
      stopped: 4,
      sleeping: 5,
    }),
  ],
  ctrlmode: [5, struct({ mask: mode, flags: mode })],
  restartMs: [6, u32],
  restart: [7, u32],
  berrCounter: [8, struct({ txerr: u16, rxerr: u16 })],
  dataBittiming: [9, timing],
  dataBittimingConst: [10, limits],
  termination: [11, u16],
  terminationConst: [12, array(u16)],
  bitrateConst: [13, array(u32)],
  dataBitrateConst: [14, array(u32)],
  bitrateMax: [15, u32],
  tdc: [16, tdc, NESTED],
  ctrlmodeExt: [17, attributes({ supported: [1, mode] })],
})
