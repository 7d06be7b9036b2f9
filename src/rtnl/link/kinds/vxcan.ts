import { attributes } from '../../../netlink/index.ts'
import { peer } from './veth.ts'

/** A pair of CAN links that tunnel between network namespaces (VXCAN_INFO_*). */
export const vxcan = attributes({ peer: [1, peer] })
