import { attributes, u32 } from '../../../netlink/index.ts'

/** A port of a switch behind another link, the conduit (IFLA_DSA_*). */
export const dsa = attributes({ conduit: [1, u32] })
