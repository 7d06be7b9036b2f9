import { formatIpv6, ipv6, struct, u8, u16be, u32be, Writer } from '../../netlink/index.ts'

const RPL_TYPE = 3
const rplHeader = struct({ nextHeader: u8, headerLength: u8, type: u8, segmentsLeft: u8, compression: u32be })
const traceHeader = struct({ namespace: u16be, nodeLength: u8, remaining: u8, type: u32be })

/** The `srh` of an `rpl` encapsulation (RFC 6554, struct ipv6_rpl_sr_hdr), which leads through `segments`, the first one first. */
export function rplRouting(segments: readonly string[]): Uint8Array {
  const writer = new Writer(rplHeader.size + segments.length * 16)
  const segmentsLeft = segments.length
  rplHeader.write(writer, { headerLength: segmentsLeft * 2, type: RPL_TYPE, segmentsLeft }, {})
  for (const segment of [...segments].reverse()) ipv6.write(writer, segment, {})
  return writer.finish()
}

/** The segments of such a header, as far as they are there. */
export function rplSegments(srh: Uint8Array): string[] {
  if (srh.length < rplHeader.size) return []
  const { segmentsLeft } = rplHeader.at(srh, 0)
  const count = Math.min(segmentsLeft, Math.floor((srh.length - rplHeader.size) / 16))
  return Array.from({ length: count }, (_, i) => formatIpv6(srh, rplHeader.size + (count - 1 - i) * 16))
}

/** What an IOAM trace collects (RFC 9197): `type` has a bit for each kind of data; `size` is the room for it, in bytes. */
export interface Ioam6Trace {
  readonly type: number
  readonly namespace: number
  readonly size: number
}

/** The `trace` of an `ioam6` encapsulation (struct ioam6_trace_hdr). */
export function ioam6Trace({ type, namespace, size }: Ioam6Trace): Uint8Array {
  const writer = new Writer(traceHeader.size)
  traceHeader.write(writer, { namespace, remaining: size / 4, type: (type << 8) >>> 0 }, {})
  return writer.finish()
}

/** The same read; undefined where it is too short. */
export function readIoam6Trace(trace: Uint8Array): Ioam6Trace | undefined {
  if (trace.length < traceHeader.size) return undefined
  const { type, namespace, remaining } = traceHeader.at(trace, 0)
  return { type: type >>> 8, namespace, size: (remaining & 0x7f) * 4 }
}
