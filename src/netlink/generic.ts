import { attributes, bits, cstring, list, message, padding, struct, u8, u16, u32 } from './codec/index.ts'
import type { Protocol } from './protocol.ts'

/** struct genlmsghdr (include/uapi/linux/genetlink.h). */
const genericHeader = struct({ command: u8, version: u8, reserved: padding(2) })

/** The controller's attributes, CTRL_ATTR_*: how families, their commands and multicast groups are found. */
export const controller = message(
  genericHeader,
  attributes({
    familyId: [1, u16],
    familyName: [2, cstring],
    version: [3, u32],
    headerSize: [4, u32],
    maxAttribute: [5, u32],
    operations: [
      6,
      list(
        attributes({
          id: [1, u32],
          flags: [2, bits(u32, { 'admin-perm': 1, do: 2, dump: 4, haspol: 8, 'uns-admin-perm': 16 })],
        }),
      ),
    ],
    multicastGroups: [7, list(attributes({ name: [1, cstring], id: [2, u32] }))],
    policy: [8, attributes({})],
    operationPolicy: [9, attributes({})],
    operation: [10, u32],
  }),
)

/** NETLINK_GENERIC: the controller is known, of other families the header and the attributes by number. */
export const genericProtocol: Protocol = {
  name: 'generic',
  number: 16,
  messages: new Map([[16, { name: 'GENL_ID_CTRL', codec: controller }]]),
  otherwise: { name: 'GENL', codec: message(genericHeader, attributes({})) },
}
