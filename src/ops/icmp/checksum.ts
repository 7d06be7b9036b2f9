/**
 * The checksum of IPv4, ICMP, UDP and TCP (RFC 1071): the one's complement of the one's complement sum of 16-bit big-endian words. Over
 * bytes that contain their own correct checksum it is 0.
 */
export function internetChecksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let sum = 0
  let at = start
  for (; at + 1 < end; at += 2) sum += (bytes[at]! << 8) | bytes[at + 1]!
  if (at < end) sum += bytes[at]! << 8
  // At most 32 Ki words: the sum fits in 31 bits.
  sum = (sum & 0xffff) + (sum >>> 16)
  sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
