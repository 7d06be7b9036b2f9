import { attributes, flag, u32 } from '../../../netlink/index.ts'

/** A link for the IPsec policies of one interface id, ip-xfrm(8) (IFLA_XFRM_*). */
export const xfrm = attributes({ link: [1, u32], ifId: [2, u32], collectMetadata: [3, flag] })
