import { attributes } from '../../../netlink/index.ts'

/** A link that shows netlink messages to packet sockets; it has no attributes of its own. */
export const nlmon = attributes({})
