import { bits, enumeration, i32, padding, struct, u16, u32 } from '../../netlink/index.ts'
import { family } from '../family.ts'
import { HARDWARE_TYPES } from './hardware-type.ts'

/** What a link is and does (IFF_*, include/uapi/linux/if.h; netdevice(7)). */
export const LINK_FLAGS = {
  up: 0x1,
  broadcast: 0x2,
  debug: 0x4,
  loopback: 0x8,
  'point-to-point': 0x10,
  'no-trailers': 0x20,
  running: 0x40,
  'no-arp': 0x80,
  promisc: 0x100,
  'all-multi': 0x200,
  master: 0x400,
  slave: 0x800,
  multicast: 0x1000,
  portsel: 0x2000,
  'auto-media': 0x4000,
  dynamic: 0x8000,
  'lower-up': 0x10000,
  dormant: 0x20000,
  echo: 0x40000,
} as const

export type LinkFlag = keyof typeof LINK_FLAGS

/**
 * struct ifinfomsg (include/uapi/linux/rtnetlink.h). `type` is the hardware type; `change` says which of `flags` a request
 * changes, and which of them a notification is about.
 */
export const linkHeader = struct({
  family,
  pad: padding(1),
  type: enumeration(u16, HARDWARE_TYPES),
  index: i32,
  flags: bits(u32, LINK_FLAGS),
  change: bits(u32, LINK_FLAGS),
})
