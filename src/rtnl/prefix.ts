import { DecodeError, EncodeError, ip, parseIp, parsePrefix, type Writer, within } from '../netlink/index.ts'
import { FAMILIES, type Family } from './family.ts'

/** The family that an address or prefix is written in. Throws EncodeError where it is neither. */
export function familyOf(text: string): 'inet' | 'inet6' {
  return parsePrefix(text).size === 4 ? 'inet' : 'inet6'
}

/** The address of `10.0.0.1/24` without its length. Throws EncodeError for what is no text. */
export function hostOf(text: string): string {
  if (typeof text !== 'string') parsePrefix(text)
  const slash = text.indexOf('/')
  return slash < 0 ? text : text.slice(0, slash)
}

/** The length of `10.0.0.0/24`: 32 or 128 where none is said. Throws EncodeError. */
export function lengthOf(text: string): number {
  return parsePrefix(text).length
}

/** Whether two families, by name or number, are the same. */
export function sameFamily(a: Family, b: Family): boolean {
  return familyNumber(a) === familyNumber(b)
}

function familyNumber(family: Family): number {
  return typeof family === 'number' ? family : FAMILIES[family]
}

/** The text is an address of the family, if one is wanted. Throws EncodeError. */
export function checkFamily(name: string, text: string, family: Family | undefined): void {
  const given = within(name, () => familyOf(text))
  if (family === undefined || sameFamily(family, 'unspec') || sameFamily(family, given)) return
  throw new EncodeError(`expected an address of family ${family}, got ${JSON.stringify(text)}`).within(name)
}

/**
 * A prefix as `prefix` of the codec reads it, or `all` for an attribute without payload, as iproute2 sends it for "from all". `lengthAt`
 * is where the header keeps the prefix's length.
 */
export function prefixOrAll(lengthAt: number) {
  return {
    form: { is: 'prefix' } as const,
    read(bytes: Uint8Array, offset: number, end: number, base: number): string {
      const length = base < 0 ? 0 : bytes[base + lengthAt]!
      if (offset === end) return length === 0 ? ALL : `${ALL}/${length}`
      const address = ip.read(bytes, offset, end, base, {})
      if (length > (end - offset) * 8) {
        throw new DecodeError(`prefix length ${length} of a ${(end - offset) * 8}-bit address`, bytes, offset, end)
      }
      return `${address}/${length}`
    },
    write(writer: Writer, value: string): void {
      if (typeof value !== 'string' || !/^all(\/\d+)?$/.test(value)) parsePrefix(value).write(writer)
    },
  }
}

export const ALL = 'all'

/** The header's length for what `prefixOrAll` reads. */
export function lengthOfPrefixOrAll(text: string): number {
  return typeof text === 'string' && text.startsWith(ALL)
    ? Number(text.slice(ALL.length + 1))
    : parsePrefix(text).length
}

/** Whether the text stands for every address: `default`, `0.0.0.0/0`, `::/0` and other spellings of those. */
export function isDefault(text: string): boolean {
  if (text === 'default') return true
  return text.endsWith('/0') && parseIp(hostOf(text))?.every((byte) => byte === 0) === true
}
