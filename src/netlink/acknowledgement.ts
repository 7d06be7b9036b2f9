import { attributes, bytes, cstring, type Infer, i32, i64, u32, u64 } from './codec/index.ts'
import { HEADER_SIZE, NLM_F_ACK_TLVS, NLM_F_CAPPED, NLMSG_DONE } from './header.ts'

/** enum netlink_policy_type_attr (include/uapi/linux/netlink.h). */
const policy = attributes({
  type: [1, u32],
  minSigned: [2, i64],
  maxSigned: [3, i64],
  minUnsigned: [4, u64],
  maxUnsigned: [5, u64],
  minLength: [6, u32],
  maxLength: [7, u32],
  policyIndex: [8, u32],
  policyMaxType: [9, u32],
  bitfield32Mask: [10, u32],
  pad: [11, bytes],
  mask: [12, u64],
})

/** enum nlmsgerr_attrs: what the kernel says beyond a number. */
export const extendedAck = attributes({
  /** A sentence for people. */
  message: [1, cstring],
  /** Of the attribute at fault, in bytes from the start of the request's header. */
  offset: [2, u32],
  cookie: [3, bytes],
  /** What the attribute at fault may hold. */
  policy: [4, policy],
  /** The attribute that should have been there. */
  missingType: [5, u32],
  /** Offset of the nest that it should have been in; absent at the top level. */
  missingNest: [6, u32],
})
export type ExtendedAck = Infer<typeof extendedAck>

export interface Acknowledgement {
  /** 0 for success, else positive. */
  readonly errno: number
  readonly extended: ExtendedAck
}

const NOTHING: ExtendedAck = Object.freeze({})

/**
 * Reads NLMSG_ERROR or NLMSG_DONE with its payload in `[start, end)`.
 *
 * The extended part has four places (net/netlink/af_netlink.c, netlink_ack and netlink_dump_done): after the whole request that
 * an error repeats; after the request's header alone, where that was capped; likewise on success; and after the errno of
 * NLMSG_DONE. Whatever of it cannot be read is left out: the errno stands all the same.
 */
export function readAcknowledgement(
  source: Uint8Array,
  type: number,
  flags: number,
  start: number,
  end: number,
): Acknowledgement {
  if (end - start < 4) return { errno: 0, extended: NOTHING }
  const errno = Math.abs(i32.at(source, start))
  if ((flags & NLM_F_ACK_TLVS) === 0) return { errno, extended: NOTHING }
  let at = start + 4
  if (type !== NLMSG_DONE) {
    if (end - at < HEADER_SIZE) return { errno, extended: NOTHING }
    const repeated = (flags & NLM_F_CAPPED) !== 0 ? HEADER_SIZE : u32.at(source, at)
    at += Math.ceil(repeated / 4) * 4
  }
  if (at > end) return { errno, extended: NOTHING }
  try {
    return { errno, extended: extendedAck.read(source, at, end, -1, {}) }
  } catch {
    return { errno, extended: NOTHING }
  }
}
