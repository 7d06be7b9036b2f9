import { attributes } from '../../../netlink/index.ts'

/** A link that drops what it is given; it has no attributes of its own. */
export const dummy = attributes({})
