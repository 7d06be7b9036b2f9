import { DecodeError, EncodeError, formatIpv4, formatIpv6, struct, u8, u16be, Writer } from '../../netlink/index.ts'
import { internetChecksum } from './checksum.ts'
import { faultOf, type IcmpFault } from './errors.ts'

export type IpFamily = 'inet' | 'inet6'

/** An echo request or reply (RFC 792, RFC 4443): who is asked sends back what it got. */
export interface Echo {
  readonly kind: 'echo-request' | 'echo-reply'
  /** Which process asked, 16 bits. */
  readonly identifier: number
  /** Which question, 16 bits. */
  readonly sequence: number
  readonly payload: Uint8Array
}

/** An error about a packet, with as much of it as the sender quoted. */
export interface IcmpError extends IcmpFault {
  readonly kind: 'error'
  readonly icmpType: number
  readonly icmpCode: number
  /** What follows the checksum, 32 bits, of which a type may use all or some: the MTU that would fit, where a parameter is wrong. */
  readonly info: number
  /** The echo request that it is about, and where that was going; undefined when it is about something else. */
  readonly about?: { readonly destination: string; readonly identifier: number; readonly sequence: number }
}

export interface OtherIcmp {
  readonly kind: 'other'
  readonly type: number
  readonly code: number
}

export type IcmpMessage = Echo | IcmpError | OtherIcmp

/** What all ICMP messages begin with; big-endian, as everything in them. */
const header = struct({ type: u8, code: u8, checksum: u16be, identifier: u16be, sequence: u16be })

const types = {
  inet: { 'echo-reply': 0, 'echo-request': 8 },
  inet6: { 'echo-request': 128, 'echo-reply': 129 },
} as const

/** The type of an echo message. */
export function echoType(family: IpFamily, kind: Echo['kind']): number {
  return types[family][kind]
}

/**
 * An echo message as it follows the IP header. An ICMPv6 checksum also covers the addresses, which the kernel knows: it is left 0 for it
 * to fill in.
 * @throws EncodeError when the identifier or the sequence is not 16 bits
 */
export function encodeEcho(family: IpFamily, { kind, identifier, sequence, payload }: Echo): Uint8Array {
  const writer = new Writer(header.size + payload.length)
  if (payload.length > 0xffff) throw new EncodeError(`${payload.length} bytes do not fit in a packet`).within('payload')
  header.write(writer, { type: types[family][kind], identifier, sequence }, {})
  writer.put(payload)
  const bytes = writer.finish()
  if (family === 'inet') {
    const checksum = internetChecksum(bytes)
    bytes[2] = checksum >> 8
    bytes[3] = checksum & 0xff
  }
  return bytes
}

/**
 * Reads an ICMP message, without its IP header. The checksum of ICMPv4 is verified; that of ICMPv6 was by the kernel.
 * @throws DecodeError when it is too short or its checksum is wrong
 */
export function decodeIcmp(family: IpFamily, bytes: Uint8Array): IcmpMessage {
  if (bytes.length < header.size) throw new DecodeError('ICMP message too short', bytes, 0, bytes.length)
  if (family === 'inet' && internetChecksum(bytes) !== 0) throw new DecodeError('wrong checksum', bytes, 2, 4)
  const { type, code, identifier, sequence } = header.at(bytes, 0)
  const { 'echo-request': request, 'echo-reply': reply } = types[family]
  if (code === 0 && (type === request || type === reply)) {
    const kind = type === request ? 'echo-request' : 'echo-reply'
    return { kind, identifier, sequence, payload: bytes.slice(header.size) }
  }
  const fault = faultOf(family, type, code)
  if (fault === undefined) return { kind: 'other', type, code }
  const about = quotedEcho(family, bytes.subarray(header.size))
  const info = identifier * 0x10000 + sequence
  const error = { kind: 'error', icmpType: type, icmpCode: code, info, ...fault } as const
  return about === undefined ? error : { ...error, about }
}

/** The echo request of which an error quotes the beginning, if it is one and there is enough of it. */
function quotedEcho(family: IpFamily, quoted: Uint8Array): IcmpError['about'] {
  const outer = family === 'inet' ? readIpv4Header(quoted) : readIpv6Header(quoted)
  if (outer === undefined || quoted.length < outer.length + header.size) return undefined
  const { type, identifier, sequence } = header.at(quoted, outer.length)
  if (type !== types[family]['echo-request']) return undefined
  return { destination: outer.destination, identifier, sequence }
}

export interface IpHeader {
  /** Bytes. */
  readonly length: number
  readonly source: string
  readonly destination: string
  readonly ttl: number
}

const ICMP = 1
const ICMPV6 = 58

/** The header of an IPv4 packet that carries ICMP (RFC 791); undefined when it is none. */
export function readIpv4Header(bytes: Uint8Array): IpHeader | undefined {
  const length = ((bytes[0] ?? 0) & 0xf) * 4
  if (bytes.length < 20 || bytes[0]! >> 4 !== 4 || length < 20 || length > bytes.length || bytes[9] !== ICMP)
    return undefined
  return { length, ttl: bytes[8]!, source: formatIpv4(bytes, 12), destination: formatIpv4(bytes, 16) }
}

/** The header of an IPv6 packet that carries ICMPv6 and no extensions (RFC 8200); undefined when it is none. */
function readIpv6Header(bytes: Uint8Array): IpHeader | undefined {
  if (bytes.length < 40 || bytes[0]! >> 4 !== 6 || bytes[6] !== ICMPV6) return undefined
  return { length: 40, ttl: bytes[7]!, source: formatIpv6(bytes, 8), destination: formatIpv6(bytes, 24) }
}
