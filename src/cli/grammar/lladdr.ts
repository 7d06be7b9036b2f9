import { CommandFailure } from './failure.ts'
import { ipv4FromWords } from './ipv4.ts'
import type { Reader } from './keyword.ts'

const invalid = (text: string) => new CommandFailure(`"${text}" is invalid lladdr.`, 1)

/**
 * A link-layer address of up to `most` bytes as iproute2 takes it: hexadecimal bytes between colons, or dotted decimal for the
 * four bytes of an IPv4 tunnel's end. Throws CommandFailure.
 */
export function lladdrBytes(text: string, most = 32): Uint8Array {
  if (text.includes('.')) {
    const address = ipv4FromWords(text)
    if (address === undefined) throw invalid(text)
    return address
  }
  const parts = text.split(':').slice(0, most)
  return Uint8Array.from(parts, (part) => {
    const value = scanned(part)
    if (value < 0 || value > 255) throw invalid(part)
    return value
  })
}

const ULONG_MAX = 2n ** 64n - 1n

/** The number at the beginning of a text as C's scanf puts it into an int by `%x`; -1 where there is none. */
function scanned(text: string): number {
  const [, sign, digits] = /^\s*([+-]?)(?:0x)?([0-9a-f]+)/i.exec(text) ?? []
  if (digits === undefined) return -1
  const value = BigInt(`0x${digits}`)
  return value > ULONG_MAX ? -1 : Number(BigInt.asIntN(32, sign === '-' ? -value : value))
}

export function lladdrText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}

/** Reads a link-layer address and gives it back as `aa:bb:…`. */
export const lladdr: Reader<string> = {
  hint: 'LLADDR',
  read: (words) => lladdrText(lladdrBytes(words.current)),
}
