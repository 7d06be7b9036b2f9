import {
  type Codec,
  checkObject,
  DecodeError,
  EncodeError,
  enumeration,
  formatIpv6,
  ipv6,
  struct,
  u8,
  u16be,
  u32,
} from '../../netlink/index.ts'

/** SEG6_IPTUN_MODE_* (include/uapi/linux/seg6_iptunnel.h). */
export const SEG6_MODES = { inline: 0, encap: 1, l2encap: 2, 'encap.red': 3, 'l2encap.red': 4 } as const

const header = struct({
  nextHeader: u8,
  headerLength: u8,
  type: u8,
  segmentsLeft: u8,
  firstSegment: u8,
  flags: u8,
  tag: u16be,
})
const mode = enumeration(u32, SEG6_MODES)

/** A segment routing header (RFC 8754), with the segments in the order of the wire: the last one first. */
export interface SegmentRouting {
  readonly nextHeader?: number
  /** In units of 8 bytes, without the first. Counted from the segments where it is not given. */
  readonly headerLength?: number
  /** 4. */
  readonly type?: number
  /** The last segment's index where it is not given. */
  readonly segmentsLeft?: number
  readonly firstSegment?: number
  readonly flags?: number
  readonly tag?: number
  readonly segments: readonly string[]
  /** What follows the segments: type-length-values, RFC 8754 section 2.1. */
  readonly rest?: Uint8Array
}
export interface SegmentRoutingEncap extends SegmentRouting {
  readonly mode: keyof typeof SEG6_MODES | number
}

/** struct ipv6_sr_hdr with its segments. */
export const segmentRouting: Codec<SegmentRouting> = {
  form: { is: 'bytes' },
  read(bytes, offset, end) {
    if (end - offset < header.size) {
      throw new DecodeError(`a segment routing header is ${header.size} bytes or more`, bytes, offset, end)
    }
    const fields = header.at(bytes, offset)
    const from = offset + header.size
    const count = Math.min(fields.firstSegment + 1, Math.floor((end - from) / 16))
    const segments = Array.from({ length: count }, (_, i) => formatIpv6(bytes, from + i * 16))
    const after = from + count * 16
    return { ...fields, segments, ...(after < end ? { rest: new Uint8Array(bytes.subarray(after, end)) } : {}) }
  },
  write(writer, value, parent) {
    checkObject(value)
    const { segments, rest = new Uint8Array(0), ...fields } = value
    if (!Array.isArray(segments)) throw new EncodeError('expected an array of addresses').within('segments')
    const last = Math.max(0, segments.length - 1)
    const headerLength = segments.length * 2 + Math.ceil(rest.length / 8)
    const implied = { headerLength, type: 4, segmentsLeft: last, firstSegment: last }
    header.write(writer, { ...implied, ...fields }, parent)
    for (const segment of segments) ipv6.write(writer, segment, parent)
    writer.put(rest)
  },
}

/** struct seg6_iptunnel_encap. */
export const segmentRoutingEncap: Codec<SegmentRoutingEncap> = {
  form: { is: 'bytes' },
  read(bytes, offset, end, base, parent) {
    if (end - offset < 4) throw new DecodeError('expected a mode and a segment routing header', bytes, offset, end)
    return { mode: mode.at(bytes, offset), ...segmentRouting.read(bytes, offset + 4, end, base, parent) }
  },
  write(writer, value, parent) {
    checkObject(value)
    const { mode: how, ...routing } = value
    mode.write(writer, how, parent)
    segmentRouting.write(writer, routing, parent)
  },
}
