/** Grows as it is written; values are little-endian, as the host's netlink is (big-endian hosts are refused by libc). */
export class Writer {
  bytes: Uint8Array
  position = 0

  constructor(capacity = 512) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Makes room for `count` bytes at the position. */
  reserve(count: number): void {
    const needed = this.position + count
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.position))
    this.bytes = larger
  }

  u8(value: number): void {
    this.reserve(1)
    this.bytes[this.position++] = value
  }

  u16(value: number): void {
    this.reserve(2)
    this.setU16(this.position, value)
    this.position += 2
  }

  u32(value: number): void {
    this.reserve(4)
    this.setU32(this.position, value)
    this.position += 4
  }

  u32be(value: number): void {
    this.reserve(4)
    const { bytes, position } = this
    bytes[position] = value >>> 24
    bytes[position + 1] = value >>> 16
    bytes[position + 2] = value >>> 8
    bytes[position + 3] = value
    this.position = position + 4
  }

  put(source: Uint8Array): void {
    this.reserve(source.length)
    this.bytes.set(source, this.position)
    this.position += source.length
  }

  /** Appends `count` zero bytes. */
  zero(count: number): void {
    this.reserve(count)
    const { bytes } = this
    const end = this.position + count
    // Mostly a few bytes: a loop is faster than asking for it to be done.
    for (let at = this.position; at < end; at++) bytes[at] = 0
    this.position = end
  }

  /** Appends zero bytes up to netlink's four-byte boundary, counted from `start`. */
  align(start: number): void {
    const odd = (this.position - start) & 3
    if (odd !== 0) this.zero(4 - odd)
  }

  setU16(at: number, value: number): void {
    this.bytes[at] = value
    this.bytes[at + 1] = value >>> 8
  }

  setU32(at: number, value: number): void {
    this.bytes[at] = value
    this.bytes[at + 1] = value >>> 8
    this.bytes[at + 2] = value >>> 16
    this.bytes[at + 3] = value >>> 24
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.position)
  }
}
