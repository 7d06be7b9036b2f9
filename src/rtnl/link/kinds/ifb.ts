import { attributes } from '../../../netlink/index.ts'

/** An intermediate functional block, to which ingress traffic is redirected; it has no attributes of its own. */
export const ifb = attributes({})
