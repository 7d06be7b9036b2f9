import { formatIpv4, formatIpv6, parseIpv6 } from '../../netlink/index.ts'
import { CommandFailure } from './failure.ts'
import { ipv4FromWords, maskLength } from './ipv4.ts'
import type { Reader } from './keyword.ts'
import { lladdrBytes, lladdrText } from './lladdr.ts'
import { cNumber } from './number.ts'

/** An address family that commands work in; `unspec` where none has been chosen. */
export type Family = 'unspec' | 'inet' | 'inet6' | 'mpls' | 'bridge' | 'packet' | 'ipmr' | 'ip6mr'

/** An address or prefix as it was written. */
export interface Address {
  readonly family: Family
  /** In network byte order; empty for `any`, and for `default` while the family is open. */
  readonly bytes: Uint8Array
  /** Length of the prefix in bits. */
  readonly length: number
  /** Whether the length was written, or follows from `default`. */
  readonly lengthGiven: boolean
}

const BITS: Readonly<Record<string, number>> = { inet: 32, inet6: 128, mpls: 20 }
const FAMILIES: Readonly<Record<string, Family>> = {
  inet: 'inet',
  inet6: 'inet6',
  link: 'packet',
  mpls: 'mpls',
  bridge: 'bridge',
}

/** The family of a word of the command line; `unspec` where it names none. */
export function familyNamed(word: string): Family {
  return Object.hasOwn(FAMILIES, word) ? FAMILIES[word]! : 'unspec'
}

/** The word for a family on the command line and in output. */
export function familyWord(family: string | number): string {
  return Object.entries(FAMILIES).find(([, of]) => of === family)?.[0] ?? '???'
}

const verbose = (family: Family) => (family === 'unspec' ? 'any valid' : familyWord(family))

/** An address of `family`, or of whichever the text is when that is `unspec`. Undefined where it is none. */
export function readAddress(text: string, family: Family): Address | undefined {
  if (text === 'default' || text === 'all' || text === 'any') {
    if (family === 'mpls') return undefined
    const bytes = new Uint8Array(text === 'default' ? (BITS[family] ?? 0) / 8 : 0)
    return { family, bytes, length: 0, lengthGiven: text === 'default' }
  }
  if (family === 'packet') {
    const bytes = lladdrBytes(text)
    return { family, bytes, length: bytes.length * 8, lengthGiven: false }
  }
  if (family === 'mpls') return readLabels(text)
  const own: Family = text.includes(':') ? 'inet6' : 'inet'
  if (family !== 'unspec' && family !== own) return undefined
  const bytes = own === 'inet6' ? parseIpv6(text) : ipv4FromWords(text)
  return bytes === undefined ? undefined : { family: own, bytes, length: bytes.length * 8, lengthGiven: false }
}

/** A stack of MPLS labels, `100/200`, as it stands on the wire: four bytes each, the last one marked. */
function readLabels(text: string): Address | undefined {
  const labels = text.split('/').map((word) => cNumber(word, 0, 0xfffff))
  if (labels.length > 16 || labels.includes(undefined)) return undefined
  const bytes = new Uint8Array(labels.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [i, label] of labels.entries())
    view.setUint32(i * 4, (label! << 12) | (i === labels.length - 1 ? 0x100 : 0))
  return { family: 'mpls', bytes, length: BITS.mpls!, lengthGiven: false }
}

function labelsText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4) >>> 12).join('/')
}

/** An address with `/LENGTH` or, for IPv4, `/NETMASK`. Undefined where it is none. */
export function readPrefix(text: string, family: Family): Address | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return readAddress(text, family)
  const address = readAddress(text.slice(0, slash), family)
  if (address === undefined || address.length === 0) return undefined
  const length = readLength(text.slice(slash + 1))
  return length === undefined || length > (BITS[address.family] ?? 0)
    ? undefined
    : { ...address, length, lengthGiven: true }
}

function readLength(text: string): number | undefined {
  const number = cNumber(text, 0, 0xffffffff)
  if (number !== undefined) return number
  const mask = ipv4FromWords(text)
  return mask === undefined ? undefined : maskLength(mask)
}

/** The same, or a CommandFailure that says what was expected. */
export function expectAddress(text: string, family: Family): Address {
  // Of a link's address iproute2 has only the first byte left by then.
  const shown = family === 'packet' && !text.includes('.') ? text.replace(/:.*/, '') : text
  const expected = `Error: ${verbose(family)} address is expected rather than "${shown}".`
  const failure = (message: string) => new CommandFailure(message, 1, { ends: true })
  let address: Address | undefined
  try {
    address = readAddress(text, family)
  } catch (error) {
    // Of a link's address the part at fault has a line of its own.
    throw error instanceof CommandFailure ? failure(`${error.message}\n${expected}`) : error
  }
  if (address === undefined) throw failure(expected)
  return address
}

/** An IPv4 address where nothing else can stand, in the words of the error that iproute2 has there. Throws CommandFailure. */
export function expectIpv4(text: string): Address {
  const address = readAddress(text, 'inet')
  if (address !== undefined) return address
  throw new CommandFailure(`Error: an IP address is expected rather than "${text}"`, 1, { ends: true })
}

/** The same for a prefix. */
export function expectPrefix(text: string, family: Family): Address {
  if (family === 'packet') {
    throw new CommandFailure(`Error: "${text}" may be inet prefix, but it is not allowed in this context.`, 1, {
      ends: true,
    })
  }
  const address = readPrefix(text, family)
  if (address !== undefined) return address
  throw new CommandFailure(`Error: ${verbose(family)} prefix is expected rather than "${text}".`, 1, { ends: true })
}

/** The address without its length. Empty where it has no bytes. */
export function addressText({ family, bytes }: Address): string {
  if (bytes.length === 0) return ''
  if (family === 'inet') return formatIpv4(bytes, 0)
  if (family === 'inet6') return formatIpv6(bytes, 0)
  if (family === 'mpls') return labelsText(bytes)
  return lladdrText(bytes)
}

/** Whether it is of IPv4 or IPv6, be it by the family of another address: `any` alone is of none. */
export function isInternet({ family }: Address): boolean {
  return family === 'inet' || family === 'inet6'
}

export function isMulticast({ family, bytes }: Address): boolean {
  if (family === 'inet') return (bytes[0]! & 0xf0) === 0xe0
  return family === 'inet6' && bytes[0] === 0xff
}

export function isUnspecified({ bytes }: Address): boolean {
  return bytes.every((byte) => byte === 0)
}

/** A draft that settles on the family of the first address in it. */
export interface FamilyDraft {
  family: Family
}

function settling(hint: string, expect: (text: string, family: Family) => Address): Reader<Address, FamilyDraft> {
  return {
    hint,
    read(words, draft) {
      const address = expect(words.current, draft.family)
      if (draft.family === 'unspec') draft.family = address.family
      return address
    },
  }
}

export const address = settling('ADDRESS', expectAddress)
export const prefix = settling('PREFIX', expectPrefix)
