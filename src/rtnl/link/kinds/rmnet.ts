import { attributes, struct, u16, u32 } from '../../../netlink/index.ts'

/** One of the channels that a Qualcomm modem multiplexes (IFLA_RMNET_*). Of the bits in `flags.mask`, those in `flags.flags` are on. */
export const rmnet = attributes({ muxId: [1, u16], flags: [2, struct({ flags: u32, mask: u32 })] })
