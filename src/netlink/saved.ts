import { type AnyCodec, type Codec, copyOf } from './codec/index.ts'
import { frames, HEADER_SIZE, header, NLM_F_ACK, NLM_F_CREATE, NLM_F_REQUEST } from './header.ts'
import type { DumpRequest, Request } from './request.ts'

/** A message as the kernel sent it, and what it says. */
export interface Saved<Item> {
  readonly item: Item
  /** Header first. */
  readonly bytes: Uint8Array
  readonly codec: AnyCodec
}

/** The same question; its items keep the bytes that they were read from. */
export function saving<Item>(request: DumpRequest<Item>): DumpRequest<Saved<Item>> {
  const { codec, pick } = request.answer.item
  const keeping: Codec<unknown, never> = {
    form: codec.form,
    read: (bytes, offset, end, base, parent) => ({
      decoded: codec.read(bytes, offset, end, base, parent),
      bytes: copyOf(bytes, offset - HEADER_SIZE, end),
    }),
    write: codec.write,
  }
  const keep = ({ decoded, bytes }: { decoded: never; bytes: Uint8Array }, type: number): Saved<Item> | undefined => {
    const item = pick(decoded, type) as Item | undefined
    return item === undefined ? undefined : { item, bytes, codec }
  }
  return { ...request, answer: { is: 'dump', item: { codec: keeping, pick: keep as never } } } as DumpRequest<
    Saved<Item>
  >
}

/**
 * Saved messages, one after another, read as answers to `request`. Throws DecodeError where a message's length is impossible, after
 * those before it.
 */
export function* readSaved<Item>(bytes: Uint8Array, { answer }: DumpRequest<Item>): Generator<Saved<Item>> {
  const { codec, pick } = answer.item
  for (const { type, start, end } of frames(bytes, 0, bytes.length)) {
    const from = start + HEADER_SIZE
    const item = pick(codec.read(bytes, from, end, from, {}) as never, type) as Item | undefined
    if (item !== undefined) yield { item, bytes: copyOf(bytes, start, end), codec }
  }
}

/** Sends a saved message back as it was, to make again what it tells of. `operation` says what that is. */
export function restoring({ bytes, codec }: Saved<unknown>, operation: string): Request<void> {
  const { type, flags } = header.at(bytes, 0)
  const payload = bytes.subarray(HEADER_SIZE)
  return {
    operation,
    type,
    flags: flags | NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK,
    codec: { ...codec, write: (writer) => writer.put(payload) },
    value: payload,
    answer: { is: 'acknowledgement' },
  }
}
