import { attributes, bits, cstring, type Infer, list, message, padding, struct, u8, u16, u32 } from '../codec/index.ts'
import type { Protocol } from '../protocol.ts'
import { answered, type Request } from '../request.ts'

/** struct genlmsghdr (include/uapi/linux/genetlink.h). */
export const genericHeader = struct({ command: u8, version: u8, reserved: padding(2) })

/** The controller's attributes, CTRL_ATTR_*: how families, their commands and multicast groups are found. */
export const controller = message(
  genericHeader,
  attributes({
    familyId: [1, u16],
    familyName: [2, cstring],
    familyVersion: [3, u32],
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

const GENL_ID_CTRL = 16
const CTRL_CMD_GETFAMILY = 3

/** NETLINK_GENERIC: the controller is known, of other families the header and the attributes by number. */
export const genericProtocol: Protocol = {
  name: 'generic',
  number: 16,
  messages: new Map([[GENL_ID_CTRL, { name: 'GENL_ID_CTRL', codec: controller }]]),
  otherwise: { name: 'GENL', codec: message(genericHeader, attributes({})) },
}

/** A family of generic netlink: its number is given when its module is loaded. */
export type GenericFamily = Infer<typeof controller>

/** Asks what number a family has, `tcp_metrics` or `ethtool`. Fails with ENOENT where the kernel has none of the name. */
export function getFamily(familyName: string): Request<GenericFamily> {
  return answered(
    {
      operation: `get generic netlink family ${familyName}`,
      type: GENL_ID_CTRL,
      codec: controller,
      value: { command: CTRL_CMD_GETFAMILY, familyName },
    },
    controller,
  )
}
