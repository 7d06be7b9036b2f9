/**
 * The most that the kernel's allocator gives for one message (KMALLOC_MAX_SIZE). Memory that no message reaches is never touched, so it is
 * address space, not memory, that this costs.
 */
export const largestMessage = 4 * 1024 * 1024

/**
 * Buffers that were given back. Node counts what is allocated, used or not, and a program that opens a socket for each thing it does would
 * spend half of its time collecting garbage.
 */
const spare: Uint8Array[] = []
const MOST_SPARE = 4

/** Of the size of the largest message, for what a socket receives. */
export function takeReceiveBuffer(): Uint8Array {
  return spare.pop() ?? new Uint8Array(Buffer.allocUnsafeSlow(largestMessage).buffer)
}

/**
 * Gives a buffer to whoever takes one next. Whoever is going through what it holds may do so to the end of this turn of the event loop.
 */
export function giveReceiveBuffer(bytes: Uint8Array): void {
  if (bytes.length !== largestMessage) return
  setImmediate(() => {
    if (spare.length < MOST_SPARE) spare.push(bytes)
  }).unref()
}
