import { attributes, type Infer, type InferInput, message, string } from '../../netlink/index.ts'
import { plainAttributes } from './attributes.ts'
import { linkHeader } from './header.ts'
import { linkinfo, linkinfoRequest } from './linkinfo.ts'

/** RTM_NEWLINK, RTM_DELLINK and RTM_GETLINK as the kernel says them: struct ifinfomsg, then IFLA_* attributes. */
export const linkMessage = message(linkHeader, attributes({ ...plainAttributes, linkinfo: [18, linkinfo] }))

/** The same as iproute2 sends it: kinds and the alias end without a NUL byte, which the kernel does not ask for. */
export const linkRequest = message(
  linkHeader,
  attributes({ ...plainAttributes, alias: [20, string], linkinfo: [18, linkinfoRequest] }),
)

/**
 * A network interface. `linkinfo.kind === 'vxlan'` narrows `linkinfo.data` to that kind's attributes.
 *
 * `link`, `master` and the like are indexes of links; addresses are text; `operstate`, `type` and the flags are words.
 */
export interface Link extends Infer<typeof linkMessage> {}

/** What may be said about a link in a request, attribute by attribute. */
export type LinkInput = InferInput<typeof linkMessage>
