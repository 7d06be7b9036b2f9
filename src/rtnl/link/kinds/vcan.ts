import { attributes } from '../../../netlink/index.ts'

/** A virtual CAN bus; it has no attributes of its own. */
export const vcan = attributes({})
