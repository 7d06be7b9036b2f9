import { attributes, cstring } from '../../../netlink/index.ts'

/** A B.A.T.M.A.N. mesh (IFLA_BATADV_*). */
export const batadv = attributes({ algoName: [1, cstring] })
