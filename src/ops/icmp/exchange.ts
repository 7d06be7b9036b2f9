import { errnoMessage, SystemError, type Watcher } from '../../libc/index.ts'
import type { EchoAnswer, EchoSocket } from './echo-socket.ts'

/** What became of one echo request. */
export type EchoResult =
  | {
      readonly outcome: 'reply'
      readonly sequence: number
      /** Who replied: the one who was asked, unless that was many. */
      readonly from: string
      /** The time to live (hop limit) that the reply arrived with; undefined when the kernel did not say. */
      readonly ttl: number | undefined
      /** Of the reply, from the ICMP header on. */
      readonly bytes: number
      /** From before sending to after receiving. */
      readonly milliseconds: number
    }
  | {
      /** It cannot be delivered, says a host on the way (`from`) or this kernel. */
      readonly outcome: 'error'
      readonly sequence: number
      /** errno's name, 'EHOSTUNREACH'. */
      readonly code: string
      readonly reason: string
      readonly from?: string
    }
  | { readonly outcome: 'timeout'; readonly sequence: number; readonly milliseconds: number }

export interface ExchangeOptions {
  /** How long to wait for the answer. */
  readonly milliseconds: number
  readonly payload: Uint8Array
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends one echo request and waits for what comes of it. That it cannot be sent or delivered is a result.
 * @throws the signal's reason
 */
export function exchange(
  socket: EchoSocket,
  sequence: number,
  { milliseconds, payload, signal }: ExchangeOptions,
): Promise<EchoResult> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    let watcher: Watcher | undefined
    let open = true
    let atOnce = true
    const end = () => {
      open = false
      watcher?.stop()
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const settle = (result: EchoResult) => {
      end()
      // Whoever asks again and again would keep timers and sockets from ever having their turn.
      if (atOnce) setImmediate(resolve, result)
      else resolve(result)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    const fail = (error: unknown) => {
      if (error instanceof SystemError) return settle(failure(error, sequence))
      end()
      reject(error)
    }
    const timer = setTimeout(() => settle({ outcome: 'timeout', sequence, milliseconds }), milliseconds)
    signal?.addEventListener('abort', abort, { once: true })

    let started = 0
    const drain = () => {
      try {
        while (open) {
          const answer = socket.receive()
          if (answer === undefined) return
          const result = resultOf(answer, sequence, payload, answer.at - started)
          if (result !== undefined) settle(result)
        }
      } catch (error) {
        fail(error)
      }
    }
    try {
      started = socket.send(sequence, payload)
    } catch (error) {
      fail(error)
    }
    drain()
    atOnce = false
    if (open) watcher = socket.watch(drain)
  })
}

function failure({ code, errno }: SystemError, sequence: number): EchoResult {
  return { outcome: 'error', sequence, code, reason: errnoMessage(errno).toLowerCase() }
}

/** What an answer says about one request; undefined when it is about another. */
function resultOf(
  answer: EchoAnswer,
  sequence: number,
  payload: Uint8Array,
  milliseconds: number,
): EchoResult | undefined {
  if (answer.sequence !== sequence) return undefined
  const { from } = answer
  if (answer.kind === 'error') return { outcome: 'error', sequence, code: answer.code, reason: answer.reason, from }
  if (Buffer.compare(answer.payload, payload) !== 0) return undefined
  return { outcome: 'reply', sequence, from, ttl: answer.ttl, bytes: answer.bytes, milliseconds }
}
