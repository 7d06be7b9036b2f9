import { sendAsync, waitReadable } from '../libc/index.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { AnswerLostError } from './error.ts'
import { type Request, writeRequest } from './request.ts'
import { isOverflow, passOver } from './sync.ts'
import { failureOf, withoutAcknowledgement } from './tell.ts'

/** Changes that another thread is having the kernel make. */
export interface Telling {
  /** Kept when the thread is done with them. Rejects with SystemError where they could not be sent. */
  readonly sent: Promise<void>
  /** Waits, stopping this thread, until the kernel is done, and gives those that failed, by their place. To be called once. */
  settle(): Map<number, Error>
}

/**
 * Sends changes in one datagram on another thread: this one may prepare the next ones meanwhile, and is not to use the channel for
 * anything else. Only refusals are answered, and the last one, so that the end is known. Throws EncodeError, with nothing sent.
 */
export function tellBehind(channel: Channel, requests: readonly Request<void>[]): Telling {
  const writer = new Writer(requests.length * 64)
  const starts = requests.map((request, i) => {
    const start = writer.position
    writeRequest(writer, request, channel.nextSequence(), 0)
    if (i < requests.length - 1) withoutAcknowledgement(writer, start)
    return start
  })
  const bytes = writer.bytes.subarray(0, writer.position)
  if (channel.options.trace !== undefined) {
    for (const [i, start] of starts.entries()) channel.traceMessage('sent', bytes, start, starts[i + 1] ?? bytes.length)
  }
  const sent = channel.hold(sendAsync(channel.fd, bytes)).then(() => {})
  // Whoever settles may not come to await it.
  sent.catch(() => {})
  return { sent, settle: () => settle(channel, requests, bytes, starts) }
}

function settle(
  channel: Channel,
  requests: readonly Request<void>[],
  sent: Uint8Array,
  starts: readonly number[],
): Map<number, Error> {
  const failures = new Map<number, Error>()
  // Answers come in the order of the requests.
  let i = 0
  const take = (bytes: Uint8Array, start: number, end: number) => {
    if (u32.at(bytes, start + 12) !== channel.port) return
    const sequence = u32.at(bytes, start + 8)
    while (i < starts.length && u32.at(sent, starts[i]! + 8) !== sequence) i++
    if (i === starts.length) return
    const failure = failureOf(requests[i]!, sent.slice(starts[i], starts[i + 1]), bytes, start, end)
    if (failure !== undefined) failures.set(i, failure)
    if (i === starts.length - 1) i++
  }
  try {
    while (i < starts.length) channel.deliver(channel.receiver.receive(channel.fd), take)
  } catch (error) {
    if (!isOverflow(error)) throw error
    becomeQuiet(channel)
    for (const [place, request] of requests.entries()) {
      if (!failures.has(place)) failures.set(place, new AnswerLostError(request.operation))
    }
  }
  return failures
}

/** With answers lost, the last one may be among them: that all were sent is known by nothing more being answered. */
function becomeQuiet(channel: Channel): void {
  do passOver(channel)
  while (waitReadable(channel.fd, QUIET_MILLISECONDS))
}

const QUIET_MILLISECONDS = 500
