/** The promise, or the signal's reason as soon as that is given; `withdraw` is called first. The signal keeps nothing afterwards. */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  withdraw: () => void,
): Promise<T> {
  if (signal === undefined) return promise
  let abort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      withdraw()
      reject(signal.reason)
    }
    if (signal.aborted) abort()
    else listen(signal, abort)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    unlisten(signal, abort!)
  }
}

/*
 * One listener for each signal, however many wait for it: node warns of the eleventh on a signal, as of a leak, and takes a time for each
 * that grows with their number.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

function listen(signal: AbortSignal, abort: () => void): void {
  const known = waiting.get(signal)
  if (known !== undefined) {
    known.add(abort)
    return
  }
  const all = new Set([abort])
  waiting.set(signal, all)
  signal.addEventListener('abort', onAbort, { once: true })
}

function unlisten(signal: AbortSignal, abort: () => void): void {
  const all = waiting.get(signal)
  if (!all?.delete(abort) || all.size > 0) return
  waiting.delete(signal)
  signal.removeEventListener('abort', onAbort)
}

function onAbort({ target }: globalThis.Event): void {
  const signal = target as AbortSignal
  const all = waiting.get(signal)
  waiting.delete(signal)
  for (const abort of all ?? []) abort()
}
