/** What a text says that somebody else may have written; undefined where it makes no sense. */
export function ifSensible<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
