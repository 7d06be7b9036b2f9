import { enumeration, u8 } from '../netlink/index.ts'

/**
 * How far away a route's destination or how widely an address is valid (RT_SCOPE_*, include/uapi/linux/rtnetlink.h). `global` is
 * the kernel's RT_SCOPE_UNIVERSE, by the name that iproute2 gives it.
 */
export const SCOPES = { global: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const

export const scope = enumeration(u8, SCOPES)
