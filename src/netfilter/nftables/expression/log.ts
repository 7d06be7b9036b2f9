import { attributes, bits, cstring, enumeration, u16be, u32be } from '../../../netlink/index.ts'

export const LOG_LEVELS = {
  emerg: 0,
  alert: 1,
  crit: 2,
  err: 3,
  warn: 4,
  notice: 5,
  info: 6,
  debug: 7,
  audit: 8,
} as const

/** NF_LOG_*: what besides is said of the packet. */
export const LOG_FLAGS = {
  'tcp-sequence': 1,
  'tcp-options': 2,
  'ip-options': 4,
  skuid: 8,
  nflog: 16,
  ether: 32,
} as const

/** Says in the kernel's log that the packet came by or, with a `group`, to who listens to that (NFLOG). */
export const log = attributes({
  group: [1, u16be],
  prefix: [2, cstring],
  snaplen: [3, u32be],
  queueThreshold: [4, u16be],
  level: [5, enumeration(u32be, LOG_LEVELS)],
  flags: [6, bits(u32be, LOG_FLAGS)],
})
