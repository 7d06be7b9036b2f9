import { EncodeError, quote } from '../../netlink/index.ts'

const NAME_LIMIT = 15
const ALTERNATIVE_LIMIT = 127
const encoder = new TextEncoder()

/**
 * Refuses what the kernel refuses as a link's name (net/core/dev.c, dev_valid_name): anything but 1 to 15 bytes, `.` and
 * `..`, and names with a slash, a colon or white space. Throws EncodeError at `path`.
 */
export function checkName(name: unknown, ...path: string[]): asserts name is string {
  const fault = faultOf(name, NAME_LIMIT) ?? (name === '.' || name === '..' ? 'is reserved' : undefined)
  if (fault !== undefined) throw refusal('a link name', name, fault, path)
  if ((name as string).includes(':')) throw refusal('a link name', name, 'has a colon', path)
}

/** Refuses what is no alternative name: anything but 1 to 127 bytes without slash and white space. Throws EncodeError at `path`. */
export function checkAlternativeName(name: unknown, ...path: string[]): asserts name is string {
  const fault = faultOf(name, ALTERNATIVE_LIMIT)
  if (fault !== undefined) throw refusal('an alternative link name', name, fault, path)
}

/** Whether a name is too long for `name` and can only be an alternative one. */
export function isLong(name: string): boolean {
  return encoder.encode(name).length > NAME_LIMIT
}

function faultOf(name: unknown, limit: number): string | undefined {
  if (typeof name !== 'string') return 'is not a string'
  const bytes = encoder.encode(name)
  if (bytes.length === 0) return 'is empty'
  if (bytes.length > limit) return `is ${bytes.length} bytes long, at most ${limit} fit`
  for (const byte of bytes) {
    if (byte === 0) return 'has a NUL byte'
    if (byte === 0x2f) return 'has a slash'
    if (isSpace(byte)) return 'has white space'
  }
  return undefined
}

/** The kernel's isspace() (lib/ctype.c) takes bytes, not characters: 0xa0 counts, so `à` in UTF-8 does too. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xa0
}

function refusal(what: string, name: unknown, fault: string, path: readonly string[]): EncodeError {
  const error = new EncodeError(`${what} cannot be ${quote(name)}: it ${fault}`)
  for (const step of [...path].reverse()) error.within(step)
  return error
}
