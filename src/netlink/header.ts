import { DecodeError, type Infer, struct, u16, u32 } from './codec/index.ts'

/** struct nlmsghdr (include/uapi/linux/netlink.h): host byte order, lengths count the header. */
export const header = struct({ length: u32, type: u16, flags: u16, sequence: u32, port: u32 })
export type Header = Infer<typeof header>
export const HEADER_SIZE = 16

export const NLMSG_NOOP = 1
export const NLMSG_ERROR = 2
export const NLMSG_DONE = 3
export const NLMSG_OVERRUN = 4
/** Types below this are netlink's own, the rest the family's. */
export const NLMSG_MIN_TYPE = 16

export const NLM_F_REQUEST = 0x1
export const NLM_F_MULTI = 0x2
export const NLM_F_ACK = 0x4
export const NLM_F_ECHO = 0x8
export const NLM_F_DUMP_INTR = 0x10
export const NLM_F_DUMP_FILTERED = 0x20
export const NLM_F_ROOT = 0x100
export const NLM_F_MATCH = 0x200
export const NLM_F_ATOMIC = 0x400
export const NLM_F_DUMP = NLM_F_ROOT | NLM_F_MATCH
export const NLM_F_REPLACE = 0x100
export const NLM_F_EXCL = 0x200
export const NLM_F_CREATE = 0x400
export const NLM_F_APPEND = 0x800
export const NLM_F_NONREC = 0x100
export const NLM_F_BULK = 0x200
export const NLM_F_CAPPED = 0x100
export const NLM_F_ACK_TLVS = 0x200

/** Where one message of a datagram lies: its header from `start`, its payload in `[start + 16, end)`. */
export interface Frame extends Header {
  readonly start: number
  readonly end: number
}

/**
 * The messages of one datagram. Throws DecodeError where a length is impossible; messages before it were yielded, and none
 * after it can be found. Zeros after the last message, as iproute2 sends them with its dumps, are passed over; so does the
 * kernel (net/netlink/af_netlink.c, netlink_rcv_skb).
 */
export function* frames(bytes: Uint8Array, start: number, end: number): Generator<Frame> {
  let at = start
  while (at < end) {
    if (at > start && isZero(bytes, at, end)) return
    if (end - at < HEADER_SIZE) {
      throw new DecodeError(`a message header is ${HEADER_SIZE} bytes long, got ${end - at}`, bytes, at, end)
    }
    const fields = header.at(bytes, at)
    if (fields.length < HEADER_SIZE || fields.length > end - at) {
      throw new DecodeError(`a message's length of ${fields.length} where ${end - at} bytes remain`, bytes, at, end)
    }
    yield { ...fields, start: at, end: at + fields.length }
    at += (fields.length + 3) & ~3
  }
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false
  return true
}
