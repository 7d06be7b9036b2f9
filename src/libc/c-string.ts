/** Text that C would cut short at a NUL byte, given to a system call. */
export class NulByteError extends TypeError {
  readonly code = 'ERR_INVALID_ARG_VALUE'
  override readonly name = 'NulByteError'
}

/**
 * Refuses text that C would cut short.
 * @throws NulByteError
 */
export function cstring(text: string, what: string): string {
  if (text.includes('\0')) throw new NulByteError(`${what} contains a NUL byte: ${JSON.stringify(text)}`)
  return text
}
