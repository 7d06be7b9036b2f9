import { CommandFailure, cNumber, expectIpv4, type Reader } from '../../../grammar/index.ts'

/** A tunnel's key: a number, or four bytes written as an IPv4 address. */
export function tunnelKey(name: string): Reader<number> {
  return {
    hint: 'KEY',
    read({ current }) {
      if (current.includes('.')) return keyOf(expectIpv4(current).bytes)
      const key = cNumber(current, 0, 0xffffffff)
      if (key !== undefined) return key
      const why = 'it should be an unsigned integer'
      throw new CommandFailure(`invalid value for "${name}": "${current}"; ${why}`, 255)
    },
  }
}

/** The key that four bytes are. */
export function keyOf(bytes: Uint8Array): number {
  return bytes.reduce((key, byte) => (key * 256 + byte) >>> 0, 0)
}

/** A key as four bytes. */
export function keyText(key: number): string {
  return [24, 16, 8, 0].map((shift) => (key >>> shift) & 0xff).join('.')
}
