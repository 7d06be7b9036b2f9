import { EncodeError, quote } from './error.ts'

/** Refuses what has no named properties: arrays and the like, of which nothing would be written. Throws EncodeError. */
export function checkObject(value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Symbol.iterator in value) {
    throw new EncodeError(`expected an object, got ${quote(value)}`)
  }
}

/** The same, of what is taken apart at once. */
export function asObject<T>(value: T): T {
  checkObject(value)
  return value
}

/**
 * Refuses what is left once all that may be there was taken out: of what says which things are meant, a misspelt name would mean more
 * of them. Throws EncodeError.
 */
export function checkRest(rest: Readonly<Record<string, never>>): void {
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined) throw new EncodeError(`unknown property, got ${quote(value)}`).within(name)
  }
}
