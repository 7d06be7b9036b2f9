import { u16be, u32be, Writer } from '../../netlink/index.ts'
import type { SegmentRouting } from './segments.ts'

/** Flags and type-length-values of a segment routing header (include/uapi/linux/seg6.h). */
const SR6_FLAG1_HMAC = 1 << 3
const SR6_TLV_HMAC = 5
const HMAC_SIZE = 40

/**
 * A header that leads through `segments`, the first one first. `inline` leaves room for the packet's own destination, which the
 * kernel puts behind them; `hmac` is the id of the key that the kernel is to sign with.
 */
export function throughSegments(
  segments: readonly string[],
  { inline = false, hmac = 0 }: { readonly inline?: boolean; readonly hmac?: number } = {},
): SegmentRouting {
  const all = [...(inline ? ['::'] : []), ...[...segments].reverse()]
  return { segments: all, ...(hmac === 0 ? {} : { flags: SR6_FLAG1_HMAC, rest: signature(hmac) }) }
}

function signature(key: number): Uint8Array {
  const writer = new Writer(HMAC_SIZE)
  writer.zero(HMAC_SIZE)
  writer.position = 0
  writer.put(Uint8Array.of(SR6_TLV_HMAC, HMAC_SIZE - 2))
  u16be.write(writer, 0, {})
  u32be.write(writer, key, {})
  writer.position = HMAC_SIZE
  return writer.finish()
}

/** The id of the key that a header is signed with; undefined for one that is not. */
export function signingKey({ flags = 0, rest }: SegmentRouting): number | undefined {
  const at = (rest?.length ?? 0) - HMAC_SIZE
  return (flags & SR6_FLAG1_HMAC) === 0 || at < 0 ? undefined : u32be.at(rest!, at + 4)
}
