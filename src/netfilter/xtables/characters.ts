import { cstring, EncodeError, type FixedCodec, fixedBytes } from '../../netlink/index.ts'

/** UTF-8 text in a C array of `size` characters, NUL-terminated. What stands behind the NUL is written as zero. */
export function characters(size: number): FixedCodec<string> {
  const { form } = fixedBytes(size)
  const at = (bytes: Uint8Array, offset: number) => {
    const stop = bytes.subarray(offset, offset + size).indexOf(0)
    return Buffer.from(bytes.subarray(offset, stop < 0 ? offset + size : offset + stop)).toString()
  }
  return {
    form,
    size,
    at,
    read(bytes, offset, end, base, parent) {
      return end - offset === size ? at(bytes, offset) : cstring.read(bytes, offset, end, base, parent)
    },
    write(writer, value) {
      const text = Buffer.from(value)
      if (text.length >= size) throw new EncodeError(`expected at most ${size - 1} bytes, got ${text.length}`)
      writer.put(text)
      writer.zero(size - text.length)
    },
  }
}
