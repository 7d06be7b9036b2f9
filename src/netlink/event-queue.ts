import type { Event } from './event.ts'

/** Events as they come: `for await (const event of subscription)`. Ends with `close()` or leaving the loop; its signal makes the loop throw the reason. */
export interface Subscription<Told = Event> extends AsyncIterableIterator<Told, undefined, undefined>, Disposable {
  return(): Promise<IteratorReturnResult<undefined>>
  close(): void
}

/** Events that wait for whoever takes them, and the other way round. */
export interface EventQueue<Told> {
  readonly subscription: Subscription<Told>
  /** How many of them nobody has taken yet. */
  readonly length: number
  offer(event: Told): void
}

export interface QueueOptions {
  readonly signal: AbortSignal | undefined
  /** One of those that waited was taken. */
  readonly taken?: () => void
  /** Nobody will take any more, by `close()`, the signal or leaving the loop. Called once. */
  readonly ended: () => void
}

/** Throws the signal's reason if it has been given. */
export function eventQueue<Told>({ signal, taken, ended }: QueueOptions): EventQueue<Told> {
  signal?.throwIfAborted()
  const queue: Told[] = []
  const takers: PromiseWithResolvers<IteratorResult<Told, undefined>>[] = []
  let open = true

  const close = () => {
    if (!open) return
    open = false
    signal?.removeEventListener('abort', abort)
    ended()
    for (const taker of takers.splice(0)) taker.resolve({ done: true, value: undefined })
  }
  // As the asynchronous iterators of node:events do, the loop throws the signal's reason.
  const abort = () => {
    for (const taker of takers.splice(0)) taker.reject(signal?.reason)
    close()
  }
  signal?.addEventListener('abort', abort, { once: true })

  const subscription: Subscription<Told> = {
    next() {
      if (queue.length > 0) {
        const value = queue.shift() as Told
        taken?.()
        return Promise.resolve({ done: false, value })
      }
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (!open) return Promise.resolve({ done: true, value: undefined })
      const taker = withResolvers<IteratorResult<Told, undefined>>()
      takers.push(taker)
      return taker.promise
    },
    return() {
      close()
      queue.length = 0
      return Promise.resolve({ done: true, value: undefined })
    },
    close,
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.dispose]: close,
  }
  return {
    subscription,
    get length() {
      return queue.length
    },
    offer(event) {
      const taker = takers.shift()
      if (taker === undefined) queue.push(event)
      else taker.resolve({ done: false, value: event })
    },
  }
}

/** A subscription that tells in other words what another tells, and ends with it. */
export function retold<Told, Retold>(
  subscription: Subscription<Told>,
  say: (event: Told) => Retold,
): Subscription<Retold> {
  return {
    next: async () => {
      const result = await subscription.next()
      return result.done ? result : { done: false, value: say(result.value) }
    },
    return: () => subscription.return(),
    close: () => subscription.close(),
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.dispose]: () => subscription.close(),
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
