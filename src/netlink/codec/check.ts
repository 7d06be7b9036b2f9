import { EncodeError, quote } from './error.ts'

/** Refuses what has no named properties: arrays and the like, of which nothing would be written. Throws EncodeError. */
export function checkObject(value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Symbol.iterator in value) {
    throw new EncodeError(`expected an object, got ${quote(value)}`)
  }
}

/**
 * Refuses properties that are not among `names`, of what says which things are meant: with one misspelt, that would be more things.
 * Throws EncodeError.
 */
export function checkNames<T extends object>(value: T, names: Readonly<Record<keyof T, true>>): void {
  checkObject(value)
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(names, name)) {
      throw new EncodeError(`unknown property, expected ${Object.keys(names).join(', ')}`).within(name)
    }
  }
}
