import { type AnyCodec, encodeRequest, HEADER_SIZE, type Request, type Writer } from '../../netlink/index.ts'

/** A command and the request that it finished by. */
interface Learnt {
  readonly words: readonly string[]
  readonly request: Request<void>
  /** The request's message without its header. */
  readonly payload: Uint8Array
}

/** Two commands that differ in one address made requests that differ in its bytes alone. */
interface Shape extends Learnt {
  /** Which word the address is in, and what follows it there: `/24`, or nothing. */
  readonly slot: number
  readonly suffix: string
  /** Where its bytes are in the payload. */
  readonly offset: number
  readonly codec: AnyCodec
}

/**
 * The shape of a batch's lines. Long batches are mostly one line with ever other addresses; once two of them have been read in full,
 * the others are made of the second. It holds for commands that make nothing of an IPv4 address but its bytes (VerbOptions.uniform),
 * and only as long as names mean what they meant.
 */
export class Shapes {
  #last: Learnt | undefined
  #shape: Shape | undefined

  /** The request of a command of the known shape. */
  find(words: readonly string[]): Request<void> | undefined {
    const shape = this.#shape
    if (shape === undefined || words.length !== shape.words.length) return undefined
    for (let i = 0; i < words.length; i++) if (i !== shape.slot && words[i] !== shape.words[i]) return undefined
    const word = words[shape.slot]!
    const address = addressIn(word, shape.suffix)
    return address > 0 ? new Variant(shape, word, address) : undefined
  }

  /** Takes note of a command that was read in full, and of the request that it finished by. */
  learn(words: readonly string[], request: Request<void>): void {
    const learnt: Learnt = { words, request, payload: encodeRequest(request).subarray(HEADER_SIZE) }
    if (this.#last !== undefined) this.#shape = shapeOf(this.#last, learnt) ?? this.#shape
    this.#last = learnt
  }

  forget(): void {
    this.#last = undefined
    this.#shape = undefined
  }
}

/** The address before `suffix` as a number; -1 where there is none. That of zeros alone is left out: it may mean any. */
function addressIn(word: string, suffix: string): number {
  if (!word.endsWith(suffix)) return -1
  const end = word.length - suffix.length
  let address = 0
  let byte = -1
  let dots = 0
  for (let i = 0; i < end; i++) {
    const digit = word.charCodeAt(i) - 0x30
    if (digit >= 0 && digit <= 9) {
      // A number that begins with 0 may be meant in octal.
      if (byte === 0) return -1
      byte = byte < 0 ? digit : byte * 10 + digit
      if (byte > 255) return -1
    } else if (digit === -2 && byte >= 0) {
      address = address * 256 + byte
      byte = -1
      dots++
    } else return -1
  }
  return dots === 3 && byte >= 0 ? address * 256 + byte || -1 : -1
}

function shapeOf(first: Learnt, second: Learnt): Shape | undefined {
  const { words, payload, request } = second
  if (first.words.length !== words.length || first.payload.length !== payload.length) return undefined
  const differing = words.flatMap((word, i) => (word === first.words[i] ? [] : [i]))
  const [slot] = differing
  if (slot === undefined || differing.length > 1) return undefined
  const suffix = /\/.*$/.exec(words[slot]!)?.[0] ?? ''
  const [before, after] = [addressIn(first.words[slot]!, suffix), addressIn(words[slot]!, suffix)]
  if (before < 0 || after < 0 || first.request.type !== request.type) return undefined
  const offset = soleDifference(first.payload, payload, before, after)
  if (offset === undefined || first.request.flags !== request.flags) return undefined
  // A copy of the payload with the address in its place.
  const codec = {
    ...request.codec,
    write(writer: Writer, { address }: Variant['value']) {
      const start = writer.position
      writer.put(payload)
      put(writer.bytes, start + offset, address)
    },
  } as unknown as AnyCodec
  return { ...second, slot, suffix, offset, codec }
}

function put(bytes: Uint8Array, at: number, address: number): void {
  bytes[at] = address >>> 24
  bytes[at + 1] = address >>> 16
  bytes[at + 2] = address >>> 8
  bytes[at + 3] = address
}

/** The one place where the two payloads hold the two addresses, if they are equal otherwise. */
function soleDifference(a: Uint8Array, b: Uint8Array, inA: number, inB: number): number | undefined {
  const places: number[] = []
  for (let at = 0; at + 4 <= a.length; at += 4) if (numberAt(a, at) === inA && numberAt(b, at) === inB) places.push(at)
  const [place] = places
  if (place === undefined || places.length > 1) return undefined
  const patched = a.slice()
  put(patched, place, inB)
  return patched.every((byte, i) => byte === b[i]) ? place : undefined
}

const numberAt = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)

/** The request of a command that differs in an address from one that was read. */
class Variant implements Request<void> {
  readonly type: number
  readonly flags: number
  readonly codec: AnyCodec
  readonly value: { readonly address: number }
  readonly answer: Request<void>['answer']
  readonly #shape: Shape
  readonly #word: string

  constructor(shape: Shape, word: string, address: number) {
    const { request } = shape
    this.type = request.type
    this.flags = request.flags
    this.codec = shape.codec
    this.value = { address }
    this.answer = request.answer
    this.#shape = shape
    this.#word = word
  }

  get operation(): string {
    const { request, words, slot } = this.#shape
    return request.operation.replace(words[slot]!, this.#word)
  }
}
