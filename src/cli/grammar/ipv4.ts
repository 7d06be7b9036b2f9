import { parseIpv4 } from '../../netlink/index.ts'
import { cNumber } from './number.ts'

/**
 * The four bytes of an IPv4 address as iproute2 reads one: parts in decimal, octal or hexadecimal, and missing parts are zero
 * (`10.8` is 10.8.0.0). Undefined where it is none.
 */
export function ipv4FromWords(text: string): Uint8Array | undefined {
  // Most are written as everybody writes them.
  const plain = parseIpv4(text)
  if (plain !== undefined) return plain
  const parts = text.split('.')
  if (parts.length > 4) return undefined
  const address = new Uint8Array(4)
  for (const [i, part] of parts.entries()) {
    const value = cNumber(part, 0, 255)
    if (value === undefined) return undefined
    address[i] = value
  }
  return address
}

/** The prefix length of a netmask such as 255.255.255.0; undefined where its ones are not all at the front. */
export function maskLength(mask: Uint8Array): number | undefined {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const ones = bits.indexOf('0')
  if (ones < 0) return bits.length
  return bits.includes('1', ones) ? undefined : ones
}
