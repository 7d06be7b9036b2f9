import { InvalidValueError } from '../../libc/index.ts'
/** What a text says that somebody else may have written; undefined where it makes no sense. */
export function ifSensible<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined
    throw error
  }
}
