import type { Codec, FixedCodec } from './codec.ts'
import { DecodeError, EncodeError, quote, toHex } from './error.ts'
import { wrongLength } from './integer.ts'
import { formatIpv4, formatIpv4Prefix, formatIpv6, parseIpv6, quadIn } from './ip.ts'
import { Writer } from './writer.ts'

/** An IPv4 address in network byte order as dotted quad text. */
export const ipv4: FixedCodec<string> = {
  form: { is: 'ipv4' },
  size: 4,
  at: formatIpv4,
  read(bytes, offset, end) {
    if (end - offset !== 4) throw wrongLength('ipv4', 4, bytes, offset, end)
    return formatIpv4(bytes, offset)
  },
  write(writer, value) {
    const quad = typeof value === 'string' ? quadIn(value, 0, value.length) : -1
    if (quad < 0) throw new EncodeError(`expected an IPv4 address, got ${quote(value)}`)
    writer.u32be(quad)
  },
}

/** An IPv6 address as RFC 5952 text. */
export const ipv6: FixedCodec<string> = {
  form: { is: 'ipv6' },
  size: 16,
  at: formatIpv6,
  read(bytes, offset, end) {
    if (end - offset !== 16) throw wrongLength('ipv6', 16, bytes, offset, end)
    return formatIpv6(bytes, offset)
  },
  write(writer, value) {
    const parsed = typeof value === 'string' ? parseIpv6(value) : undefined
    if (parsed === undefined) throw new EncodeError(`expected an IPv6 address, got ${quote(value)}`)
    writer.put(parsed)
  },
}

/** An address of either family, told apart by its length: 4 bytes or 16. */
export const ip: Codec<string> = {
  form: { is: 'ip' },
  read(bytes, offset, end) {
    if (end - offset === 4) return formatIpv4(bytes, offset)
    if (end - offset === 16) return formatIpv6(bytes, offset)
    throw new DecodeError(`an IP address is 4 or 16 bytes long, got ${end - offset}`, bytes, offset, end)
  },
  write(writer, value) {
    const quad = typeof value === 'string' ? quadIn(value, 0, value.length) : -1
    if (quad >= 0) return writer.u32be(quad)
    const parsed = typeof value === 'string' ? parseIpv6(value) : undefined
    if (parsed === undefined) throw new EncodeError(`expected an IP address, got ${quote(value)}`)
    writer.put(parsed)
  },
}

/**
 * An address whose prefix length is another byte, `lengthAt`, of the message's fixed header: text such as
 * `10.0.0.0/24`. Where no header is at hand the text has no length.
 */
export function prefix(lengthAt: number): Codec<string> {
  return {
    form: { is: 'prefix' },
    read(bytes, offset, end, base) {
      if (base < 0) return ip.read(bytes, offset, end, base, {})
      const length = bytes[base + lengthAt]!
      if (end - offset === 4 && length <= 32) return formatIpv4Prefix(bytes, offset, length)
      const address = ip.read(bytes, offset, end, base, {})
      if (length > (end - offset) * 8) {
        throw new DecodeError(`prefix length ${length} of a ${(end - offset) * 8}-bit address`, bytes, offset, end)
      }
      return `${address}/${length}`
    },
    write(writer, value) {
      parsePrefix(value).write(writer)
    },
  }
}

/** The address and the prefix length of `10.0.0.0/24`; without `/length` the prefix is the whole address. Throws EncodeError. */
export function parsePrefix(text: unknown): Prefix {
  if (text !== lastText) {
    lastPrefix = prefixOf(text)
    lastText = text
  }
  return lastPrefix!
}

/** An address and a prefix length. */
export class Prefix {
  /** Of the address, in bytes: 4 or 16. */
  readonly size: number
  readonly length: number
  readonly #address: number | Uint8Array

  /** An IPv4 address as a number, or the bytes of an IPv6 address. */
  constructor(address: number | Uint8Array, length: number) {
    this.size = typeof address === 'number' ? 4 : address.length
    this.length = length
    this.#address = address
  }

  get address(): Uint8Array {
    const writer = new Writer(this.size)
    this.write(writer)
    return writer.bytes
  }

  /** Appends the address. */
  write(writer: Writer): void {
    if (typeof this.#address === 'number') writer.u32be(this.#address)
    else writer.put(this.#address)
  }
}

// Of one prefix its family, its length and its bytes are asked for in turn.
let lastText: unknown = Symbol('none yet')
let lastPrefix: Prefix | undefined

function prefixOf(text: unknown): Prefix {
  if (typeof text === 'string') {
    const slash = text.indexOf('/')
    const end = slash < 0 ? text.length : slash
    const quad = quadIn(text, 0, end)
    const address = quad < 0 ? parseIpv6(text.slice(0, end)) : quad
    if (address !== undefined) {
      const most = typeof address === 'number' ? 32 : 128
      const length = slash < 0 ? most : lengthIn(text, slash + 1)
      if (length <= most) return new Prefix(address, length)
    }
  }
  throw new EncodeError(`expected an address with a prefix length such as 10.0.0.0/24, got ${quote(text)}`)
}

/** One to three decimal digits to the end of the text; NaN for anything else. */
function lengthIn(text: string, start: number): number {
  if (start === text.length || text.length - start > 3) return Number.NaN
  let length = 0
  for (let i = start; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    length = length * 10 + digit
  }
  return length
}

const HEX_PAIR = Array.from({ length: 256 }, (_, i) => toHex(Uint8Array.of(i)))

/** A link-layer address of any length as `aa:bb:…`. */
export const lladdr: Codec<string> = {
  form: { is: 'lladdr' },
  read(bytes, offset, end) {
    let text = ''
    for (let i = offset; i < end; i++) text += i === offset ? HEX_PAIR[bytes[i]!] : `:${HEX_PAIR[bytes[i]!]}`
    return text
  },
  write(writer, value) {
    writer.put(parseLladdr(value))
  },
}

/** A six-byte Ethernet address inside a struct. */
export const mac: FixedCodec<string> = {
  form: { is: 'lladdr' },
  size: 6,
  at: (bytes, offset) => lladdr.read(bytes, offset, offset + 6, -1, {}),
  read(bytes, offset, end) {
    if (end - offset !== 6) throw wrongLength('mac', 6, bytes, offset, end)
    return lladdr.read(bytes, offset, end, -1, {})
  },
  write(writer, value) {
    const parsed = parseLladdr(value)
    if (parsed.length !== 6) throw new EncodeError(`an Ethernet address is 6 bytes long, got ${quote(value)}`)
    writer.put(parsed)
  },
}

/** Bytes of `aa:bb:…`. Throws EncodeError. */
export function parseLladdr(text: unknown): Uint8Array {
  if (text === '') return new Uint8Array(0)
  if (typeof text !== 'string' || !/^[0-9a-f]{1,2}(:[0-9a-f]{1,2})*$/i.test(text)) {
    throw new EncodeError(`expected a link-layer address such as 02:00:00:00:00:01, got ${quote(text)}`)
  }
  return Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16))
}
