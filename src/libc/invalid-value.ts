/** A value that was given and cannot be what it is to be: a port of 70000, no address, a name that is too long. The message says which. */
export class InvalidValueError extends RangeError {
  readonly code = 'ERR_INVALID_ARG_VALUE'
  override readonly name = 'InvalidValueError'
}
