import { type ExtendedAck, extendedAck } from './acknowledgement.ts'
import { bytes as anyBytes, type Codec, copyOf, type Infer, i32, struct, u16, u32 } from './codec/index.ts'
import {
  HEADER_SIZE,
  header,
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_NOOP,
  NLMSG_OVERRUN,
} from './header.ts'
import type { MessageType } from './protocol.ts'

/** NLMSG_ERROR (struct nlmsgerr) and NLMSG_DONE, as they stand on the wire. */
export interface ControlMessage {
  /** 0, or minus errno. */
  error?: number
  /** The header of the request that this answers. */
  request?: Infer<typeof header>
  /** What follows that header, where the answer repeats it; all of a message that is shorter than it should be. */
  payload?: Uint8Array
  extended?: ExtendedAck
}

const errorHead = struct({ error: i32, length: u32, type: u16, flags: u16, sequence: u32, port: u32 })

function controlCodec(repeats: boolean): Codec<ControlMessage> {
  return {
    form: { is: 'bytes' },
    read(source, start, end, base) {
      // The message's flags, which say what follows, are in the header before the payload; without one nothing is known.
      const flags = base < HEADER_SIZE ? NLM_F_CAPPED : u16.at(source, base - 10)
      if (end - start < 4) return { payload: copyOf(source, start, end) }
      const value: ControlMessage = { error: i32.at(source, start) }
      let at = start + 4
      let stop = at
      if (repeats && end - at >= HEADER_SIZE) {
        value.request = header.at(source, at)
        const length = (flags & NLM_F_CAPPED) !== 0 ? HEADER_SIZE : Math.max(value.request.length, HEADER_SIZE)
        stop = Math.min(at + Math.ceil(length / 4) * 4, end)
        at += HEADER_SIZE
      }
      const isExtended = (flags & NLM_F_ACK_TLVS) !== 0
      if (!isExtended) stop = end
      if (at < stop) value.payload = copyOf(source, at, stop)
      if (isExtended) value.extended = extendedAck.read(source, stop, end, -1, {})
      return value
    },
    write(writer, { error, request, payload, extended }) {
      if (error === undefined) {
        if (payload !== undefined) writer.put(payload)
        return
      }
      if (request === undefined) i32.write(writer, error, {})
      else errorHead.write(writer, { error, ...request }, {})
      if (payload !== undefined) writer.put(payload)
      if (extended !== undefined) extendedAck.write(writer, extended, {})
    },
  }
}

/** The message types that every family shares. */
export const controlMessages: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [NLMSG_NOOP, { name: 'NLMSG_NOOP', codec: anyBytes }],
  [NLMSG_ERROR, { name: 'NLMSG_ERROR', codec: controlCodec(true) }],
  [NLMSG_DONE, { name: 'NLMSG_DONE', codec: controlCodec(false) }],
  [NLMSG_OVERRUN, { name: 'NLMSG_OVERRUN', codec: anyBytes }],
])
