import { MSG_DONTWAIT, send } from '../libc/index.ts'
import { withoutAcknowledgement } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { Exchange } from './exchange.ts'
import { type Request, writeRequest } from './request.ts'
import { lossOf, passOver } from './sync.ts'

const writer = new Writer(1 << 12)

/**
 * Sends one change that is answered only where the kernel refuses it. It does the work inside sendmsg, so that the refusal is there when
 * that returns; what it remarks on success is not heard. Throws NetlinkError, EncodeError, AnswerLostError.
 */
export function tell(channel: Channel, request: Request<void>): void {
  writer.position = 0
  writeRequest(writer, request, channel.nextSequence(), 0)
  withoutAcknowledgement(writer.bytes, 0)
  channel.traceMessage('sent', writer.bytes, 0, writer.position)
  channel.makeRoom(writer.position)
  try {
    send(channel.fd, writer.bytes, 0, writer.position)
  } catch (error) {
    throw lossOf(error, request)
  }
  if (!channel.silence.certain) hear(channel, request)
}

function hear(channel: Channel, request: Request<void>): void {
  let failure: Error | undefined
  let silent = true
  try {
    for (;;) {
      const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
      if (length < 0) break
      silent = false
      channel.deliver(length, (bytes, start, end) => {
        if (u32.at(bytes, start + 12) !== channel.port || u32.at(bytes, start + 8) !== u32.at(writer.bytes, 8)) return
        failure ??= failureOf(request, writer.finish(), bytes, start, end)
      })
    }
  } catch (error) {
    passOver(channel)
    channel.silence.heard(false)
    throw lossOf(error, request)
  }
  channel.silence.heard(silent)
  if (failure !== undefined) throw failure
}

/** What an answer says of a change that went wrong; undefined for an acknowledgement. */
export function failureOf(
  request: Request<void>,
  sent: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): Error | undefined {
  const exchange = new Exchange(request, sent)
  exchange.take(bytes, start, end)
  return exchange.failure()
}
