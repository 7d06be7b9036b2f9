import { attributes, message } from '../../../netlink/index.ts'
import { plainAttributes } from '../attributes.ts'
import { linkHeader } from '../header.ts'

/**
 * The other end of a pair: a link message of its own, inside the attribute. It is given when a pair is made (`name`,
 * `netNsFd`, `address`, …); the kernel never says it back.
 */
export const peer = message(linkHeader, attributes(plainAttributes))

/** A pair of Ethernet links, veth(4). */
export const veth = attributes({ peer: [1, peer] })
