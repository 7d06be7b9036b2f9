/*
 * Some of the kernel's families say their nests without NLA_F_NESTED, as all did before Linux 5.2, and take them with it. Where all
 * nests of a message are so, that is remembered once, of the message; where only some are, each set of attributes remembers its own.
 */

/** What was seen of the nests of the message being read. */
export const nests = {
  /** A message is being read, which will remember: its sets of attributes need not. */
  remembered: false,
  /** One without the flag. */
  plain: false,
  /** One with it. */
  flagged: false,
  /** The type flags that are left out while a message is written whose nests came without. */
  omitted: 0,
}

const plainMessages = new WeakSet<object>()

type Read<T> = (bytes: Uint8Array, start: number, end: number, base: number) => T

/** Reads a message and remembers of it that its nests are without the flag. Messages inside others are left to those. */
export function readRemembering<T extends object>(read: Read<T>, bytes: Uint8Array, start: number, end: number): T {
  if (nests.remembered) return read(bytes, start, end, start)
  nests.remembered = true
  nests.plain = false
  nests.flagged = false
  let value: T
  try {
    value = read(bytes, start, end, start)
  } finally {
    nests.remembered = false
  }
  if (!nests.plain) return value
  if (nests.flagged) return read(bytes, start, end, start)
  plainMessages.add(value)
  return value
}

/** Writes what was read by `readRemembering` with nests as they came. */
export function writeRemembered(value: object, flag: number, write: () => void): void {
  const before = nests.omitted
  if (plainMessages.has(value)) nests.omitted = flag
  try {
    write()
  } finally {
    nests.omitted = before
  }
}
