import { attributes, u32 } from '../../../netlink/index.ts'

/** One of the data channels of a modem (IFLA_WWAN_*). */
export const wwan = attributes({ linkId: [1, u32] })
