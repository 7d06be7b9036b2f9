import { type AnyCodec, encodeRequest, HEADER_SIZE, type Request, type Writer } from '../../netlink/index.ts'
import type { Input } from './input.ts'
import type { BatchLine } from './lines.ts'

/** A command and the request that it finished by. */
interface Learnt {
  readonly text: string
  readonly request: Request<void>
  /** The request's message without its header. */
  readonly payload: Uint8Array
}

/** Two commands that differ in one address made requests that differ in its bytes alone. */
interface Shape extends Learnt {
  /** What stands before the address, and after it, with the line's end. */
  readonly prefix: Uint8Array
  readonly suffix: Uint8Array
  /** The whole word, and what of it follows the address. */
  readonly word: string
  readonly wordEnd: string
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

  /** The request of the next line, which is passed, if it is of the known shape. */
  take(input: Pick<Input, 'bytes' | 'at' | 'end' | 'passTo'>): Request<void> | undefined {
    const shape = this.#shape
    if (shape === undefined) return undefined
    const { bytes, at, end } = input
    const { prefix, suffix } = shape
    if (!holds(bytes, at, prefix)) return undefined
    const start = at + prefix.length
    let stop = start
    while (isAddress(bytes[stop]!)) stop++
    const next = stop + suffix.length
    if (next > end || !holds(bytes, stop, suffix)) return undefined
    const address = addressIn(bytes, start, stop)
    if (address < 0) return undefined
    input.passTo(next)
    return new Variant(shape, address)
  }

  /** Takes note of a command that was read in full, and of the request that it finished by. */
  learn({ text }: BatchLine, request: Request<void>): void {
    if (text === undefined) return
    const learnt: Learnt = { text, request, payload: encodeRequest(request).subarray(HEADER_SIZE) }
    if (this.#last !== undefined) this.#shape = shapeOf(this.#last, learnt) ?? this.#shape
    this.#last = learnt
  }

  forget(): void {
    this.#last = undefined
    this.#shape = undefined
  }
}

const [DOT, ZERO, NINE] = [0x2e, 0x30, 0x39]

const isAddress = (code: number) => (code >= ZERO && code <= NINE) || code === DOT

function holds(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return false
  return true
}

/** The address in `[start, end)` of a text's bytes as a number; -1 where that is not one. That of zeros alone is left out: it may mean any. */
function addressIn(text: Uint8Array, start: number, end: number): number {
  let address = 0
  let byte = -1
  let dots = 0
  for (let i = start; i < end; i++) {
    const code = text[i]!
    const digit = code - ZERO
    if (digit >= 0 && digit <= 9) {
      // A number that begins with 0 may be meant in octal.
      if (byte === 0) return -1
      byte = byte < 0 ? digit : byte * 10 + digit
      if (byte > 255) return -1
    } else if (code === DOT && byte >= 0) {
      address = address * 256 + byte
      byte = -1
      dots++
    } else return -1
  }
  return dots === 3 && byte >= 0 ? address * 256 + byte || -1 : -1
}

/** Where the one word begins that two commands differ in. */
function soleDifferingWord(first: string, second: string): number | undefined {
  const [words, others] = [first, second].map((text) => [...text.matchAll(/\S+/g)])
  if (words!.length !== others!.length) return undefined
  const differing = others!.filter(([word], i) => word !== words![i]![0])
  return differing.length === 1 ? differing[0]!.index : undefined
}

function shapeOf(first: Learnt, second: Learnt): Shape | undefined {
  const { text, payload, request } = second
  const start = soleDifferingWord(first.text, text)
  if (start === undefined || first.payload.length !== payload.length) return undefined
  const prefix = text.slice(0, start)
  // `/24`, say, and the words that follow.
  const suffix = /[/\s].*$/s.exec(text.slice(start))?.[0]
  if (!suffix?.endsWith('\n')) return undefined
  if (!first.text.startsWith(prefix) || !first.text.endsWith(suffix)) return undefined
  const [before, after] = [first.text, text].map((one) => {
    const word = Buffer.from(one.slice(start, one.length - suffix.length))
    return addressIn(word, 0, word.length)
  })
  if (before! < 0 || after! < 0 || first.request.type !== request.type) return undefined
  const offset = soleDifference(first.payload, payload, before!, after!)
  if (offset === undefined || first.request.flags !== request.flags) return undefined
  // A copy of the payload with the address in its place.
  const codec = {
    ...request.codec,
    write(writer: Writer, { address }: Variant) {
      const start = writer.position
      writer.put(payload)
      put(writer.bytes, start + offset, address)
    },
  } as unknown as AnyCodec
  return {
    ...second,
    prefix: Buffer.from(prefix),
    suffix: Buffer.from(suffix),
    word: firstWord(text.slice(start)),
    wordEnd: firstWord(suffix),
    codec,
  }
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

/** The request of a command that differs in an address from one that was read. There may be hundreds of thousands: it is small. */
class Variant implements Request<void> {
  readonly address: number
  readonly #shape: Shape

  constructor(shape: Shape, address: number) {
    this.address = address
    this.#shape = shape
  }

  get type(): number {
    return this.#shape.request.type
  }

  get flags(): number {
    return this.#shape.request.flags
  }

  get answer(): Request<void>['answer'] {
    return this.#shape.request.answer
  }

  get codec(): AnyCodec {
    return this.#shape.codec
  }

  /** What its codec writes. */
  get value(): this {
    return this
  }

  get operation(): string {
    const { request, word, wordEnd } = this.#shape
    const { address } = this
    const own = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.')
    return request.operation.replace(word, own + wordEnd)
  }
}

const firstWord = (text: string) => /^\S*/.exec(text)![0]
