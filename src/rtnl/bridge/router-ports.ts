import { attributes, type Infer, message, multi, struct, u16, u32 } from '../../netlink/index.ts'
import { multicastRouter } from '../link/index.ts'

const routerPort = message(
  struct({ ifindex: u32 }),
  attributes({
    timer: [1, u32],
    type: [2, multicastRouter],
    inetTimer: [3, u32],
    inet6Timer: [4, u32],
    vid: [5, u16],
  }),
)

/** A port behind which a multicast router is. */
export type RouterPort = Infer<typeof routerPort>

/**
 * MDBA_ROUTER: the ports behind which multicast routers are (include/uapi/linux/if_bridge.h). Timers are in hundredths of a
 * second; an event says no more than the index of the port.
 */
export const routerPorts = attributes({ port: [1, multi(routerPort)] })
