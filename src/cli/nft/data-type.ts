import { isIPv6 } from 'node:net'
import { protocolName } from '../names/ip-protocol.ts'
import { type Shown, shown } from './shown.ts'
import { DSCP, FIB_TYPES, ICMP_TYPES, ICMPV6_TYPES } from './type-names.ts'

/** A type of nft's: how the bytes of a register are to be read. */
export interface DataType {
  readonly name: string
  /** Whether numbers are in host byte order, as they are in what the kernel keeps itself. */
  readonly host: boolean
  /** Whether ranges that are prefixes are shown as such. */
  readonly prefixes: boolean
  /** How many members of a named set stand in a line. */
  readonly perLine: number
  /** Bits with names, which are shown by those that are set. */
  readonly bits: Readonly<Record<string, number>> | undefined
  show(bytes: Uint8Array): Shown
  /** Without names, where it has some. */
  readonly numeric?: DataType
}

/** What names are to numbers: links, protocols. */
export interface Lookup {
  linkName(index: number): string
  /** Numbers are shown in place of the names of these. */
  readonly numeric?: Numeric
}

export type Numeric = 'all' | 'protocols' | undefined

/** The type as it is to be shown. */
export function asShown(type: DataType, { numeric }: Pick<Lookup, 'numeric'>): DataType {
  return numeric === 'all' || (numeric === 'protocols' && type === protocol) ? (type.numeric ?? type) : type
}

export function numberOf(bytes: Uint8Array, host: boolean): bigint {
  const ordered = host ? bytes.toReversed() : bytes
  return ordered.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

export function bytesOf(number: bigint, length: number, host: boolean): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => Number((number >> BigInt(8 * (length - 1 - i))) & 0xffn))
  return host ? bytes.toReversed() : bytes
}

const type = (name: string, more: Partial<DataType> & Pick<DataType, 'show'>): DataType => ({
  name,
  host: false,
  prefixes: false,
  perLine: 1,
  bits: undefined,
  ...more,
})

interface NumberOptions {
  readonly host?: boolean
  readonly perLine?: number
  /** Whether a number stands as hexadecimal where names are not wanted. */
  readonly hex?: boolean
}

/** Numbers, some of which have names. */
function numbers(
  name: string,
  nameOf: Readonly<Record<number, string>> | ((number: number) => string | undefined),
  { hex = false, ...more }: NumberOptions = {},
): DataType {
  const { host = false } = more
  const named = typeof nameOf === 'function' ? nameOf : (number: number) => nameOf[number]
  const numeric = type(name, {
    ...more,
    show: (bytes) => {
      const number = Number(numberOf(bytes, host))
      return shown(hex ? hexadecimal(number, bytes.length) : String(number), number)
    },
  })
  const show = (bytes: Uint8Array) => {
    const number = Number(numberOf(bytes, host))
    const found = named(number)
    return found === undefined ? shown(String(number), number) : shown(found)
  }
  return type(name, { ...more, numeric, show })
}

/** Bits, some of which have names. In JSON one stands alone, and several in a list. */
function bitmask(
  name: string,
  bits: Readonly<Record<string, number>>,
  more: { host?: boolean; perLine?: number } = {},
): DataType {
  const { host = false } = more
  const showing = (show: (word: string, bit: number) => Shown) => (bytes: Uint8Array) => {
    const number = Number(numberOf(bytes, host))
    const set = Object.entries(bits).filter(([, bit]) => (number & bit) !== 0)
    const rest = set.reduce((left, [, bit]) => left & ~bit, number)
    const words = set.map(([word, bit]) => show(word, bit))
    if (rest !== 0 || words.length === 0) return shown(hexadecimal(number, bytes.length), number)
    const json = words.map((word) => word.json)
    return shown(words.map(({ text }) => text).join(','), json.length === 1 ? json[0]! : json)
  }
  const numeric = type(name, { ...more, bits, show: showing((_word, bit) => shown(`0x${bit.toString(16)}`, bit)) })
  return type(name, { ...more, bits, numeric, show: showing((word) => shown(word)) })
}

const hexadecimal = (number: number, length: number) => `0x${number.toString(16).padStart(2 * length, '0')}`

export const ipv4 = type('ipv4_addr', {
  prefixes: true,
  perLine: 2,
  show: (bytes) => shown(bytes.join('.')),
})

export const ipv6 = type('ipv6_addr', {
  prefixes: true,
  show: (bytes) => {
    const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16))
    return shown(shortest(groups))
  },
})

/** The longest run of zeros as `::` (RFC 5952). */
function shortest(groups: readonly string[]): string {
  const whole = groups.join(':')
  for (let length = 8; length > 1; length--) {
    for (let at = 0; at + length <= 8; at++) {
      if (!groups.slice(at, at + length).every((group) => group === '0')) continue
      const text = `${groups.slice(0, at).join(':')}::${groups.slice(at + length).join(':')}`
      return isIPv6(text) ? text : whole
    }
  }
  return whole
}

export const CT_STATE_BITS = { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 }
export const TCP_FLAG_BITS = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 }
/** Bytes of no particular type, as a number. */
export const integer = type('integer', {
  perLine: 5,
  show: (bytes) => {
    const number = numberOf(bytes, false)
    return shown(String(number), Number(number))
  },
})
export const hostInteger = type('integer', {
  host: true,
  perLine: 5,
  show: (bytes) => {
    const number = numberOf(bytes, true)
    return shown(String(number), Number(number))
  },
})
export const mark = type('mark', {
  host: true,
  perLine: 5,
  show: (bytes) => {
    const number = Number(numberOf(bytes, true))
    return shown(hexadecimal(number, 4), number)
  },
})
/** Without its NUL it is the beginning of names. */
export const ifname = type('ifname', {
  show: (bytes) => {
    const end = bytes.indexOf(0)
    const name = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
    if (end < 0 && bytes.length < 16) return shown(`"${name}*"`, `${name}*`)
    const whole = name.replace(/\*$/, '\\*')
    return shown(`"${whole}"`, whole)
  },
})
export const etherAddress = type('ether_addr', {
  show: (bytes) => shown([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')),
})
export const protocol = numbers('inet_proto', protocolName, { perLine: 5 })
export const service = numbers('inet_service', {}, { perLine: 5 })
export const icmpType = numbers('icmp_type', ICMP_TYPES, { perLine: 5 })
export const icmpv6Type = numbers('icmpv6_type', ICMPV6_TYPES, { perLine: 5 })
export const dscp = numbers('dscp', DSCP, { hex: true })
export const nfProtocol = numbers('nf_proto', { 2: 'ipv4', 10: 'ipv6' }, { perLine: 5 })
export const etherType = numbers(
  'ether_type',
  { 2048: 'ip', 34525: 'ip6', 2054: 'arp', 33024: '8021q', 34984: '8021ad' },
  { hex: true },
)
export const packetType = numbers('pkt_type', { 0: 'host', 1: 'broadcast', 2: 'multicast', 3: 'other' }, { perLine: 5 })
export const fibType = numbers('fib_addrtype', FIB_TYPES, { host: true, perLine: 5 })
export const ctDirection = numbers('ct_dir', { 0: 'original', 1: 'reply' }, { perLine: 5 })
export const ctState = bitmask('ct_state', CT_STATE_BITS, { host: true, perLine: 5 })
export const ctStatus = bitmask(
  'ct_status',
  { expected: 1, 'seen-reply': 2, assured: 4, confirmed: 8, snat: 0x10, dnat: 0x20, dying: 0x200 },
  { host: true, perLine: 5 },
)
export const tcpFlag = bitmask('tcp_flag', TCP_FLAG_BITS, { perLine: 5 })

/** Interface indexes are shown by name. */
export function linkIndex({ linkName }: Lookup): DataType {
  return type('iface_index', {
    host: true,
    perLine: 5,
    show: (bytes) => {
      const name = linkName(Number(numberOf(bytes, true)))
      return shown(`"${name}"`, name)
    },
  })
}

/** nft's numbers of types, which the kernel keeps with a set (nftables' enum datatypes). */
export function numberedType(number: number, lookup: Lookup): DataType | undefined {
  const types: Readonly<Record<number, DataType>> = {
    2: nfProtocol,
    4: integer,
    7: ipv4,
    8: ipv6,
    9: etherAddress,
    10: etherType,
    12: protocol,
    13: service,
    14: icmpType,
    15: tcpFlag,
    19: mark,
    20: linkIndex(lookup),
    26: ctState,
    27: ctDirection,
    28: ctStatus,
    29: icmpv6Type,
    31: packetType,
    36: dscp,
    38: fibType,
    41: ifname,
  }
  return types[number]
}
