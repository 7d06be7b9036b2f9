/** What every refusal of the codec shares: where in the value or message it happened. */
export abstract class CodecError extends Error {
  abstract readonly code: string
  /** Names of the attributes or fields that lead to the place, outermost first. */
  readonly path: string[] = []
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }

  /** Records that the refusal happened inside `name`; called on the way out of each level. */
  within(name: string): this {
    this.path.unshift(name)
    this.message = this.describe()
    return this
  }

  protected describe(): string {
    return `${this.path.join('.')}: ${this.reason}`
  }
}

/**
 * Bytes that do not have the declared shape.
 *
 * `offset` counts bytes from the start of the buffer given to the decoder, `hex` shows up to 32 bytes from there.
 */
export class DecodeError extends CodecError {
  override readonly name = 'DecodeError'
  readonly code = 'ERR_NETLINK_DECODE'
  readonly offset: number
  readonly hex: string

  constructor(reason: string, bytes: Uint8Array, offset: number, end: number) {
    super(reason)
    this.offset = offset
    this.hex = toHex(bytes, offset, Math.min(end, offset + 32, bytes.length))
    this.message = this.describe()
  }

  protected override describe(): string {
    const place = this.path.length === 0 ? '' : `${this.path.join('.')}: `
    return `${place}${this.reason} (offset ${this.offset}, bytes ${this.hex || 'none'})`
  }
}

/** A value that cannot be written as the declared attribute or field. */
export class EncodeError extends CodecError {
  override readonly name = 'EncodeError'
  readonly code = 'ERR_NETLINK_ENCODE'
}

/** Runs `action`; an error of it says that it happened in `name`. */
export function within<T>(name: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw error instanceof CodecError ? error.within(name) : error
  }
}

/** Lower-case hex of `bytes[start, end)`. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  for (let i = start; i < end; i++) text += (bytes[i]! < 16 ? '0' : '') + bytes[i]!.toString(16)
  return text
}

/** How a wrong value is quoted in an error: short, and never a surprise. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 64 ? `${value.slice(0, 64)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value !== 'object' || value === null) return String(value)
  return Symbol.iterator in value ? 'something to iterate over' : 'an object'
}
