import { describe, expect, test } from 'vitest'
import { netfilterProtocol } from '../../src/netfilter/index.ts'
import { type AnyCodec, DecodeError, type Protocol, toHex, Writer } from '../../src/netlink/index.ts'
import { routeProtocol } from '../../src/rtnl/index.ts'
import { captured, loadFixtures } from '../fixtures.ts'

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 1_000_000)
const SEED = Number(process.env.FUZZ_SEED ?? 20_240_229)
const LARGEST = 4096
/** Bytes before and after an input: whoever reads them reads what is not the message's. */
const MARGIN = 64

interface Sample {
  readonly type: number
  readonly payload: Uint8Array
}

/** The samples of each type: every type is to come as often as the next, whatever there is of it. */
function samplesOf({ name, messages }: Protocol): Sample[][] {
  const samples = captured(loadFixtures(), name).filter(
    ({ type, payload }) => messages.has(type) && payload.length <= LARGEST,
  )
  return [...new Set(samples.map(({ type }) => type))].map((type) => samples.filter((one) => one.type === type))
}

/** Xorshift: the same numbers for the same seed everywhere, and fast. */
function numbers(seed: number): (below: number) => number {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

function pick(next: (below: number) => number, byType: readonly (readonly Sample[])[]): Sample {
  const alike = byType[next(byType.length)]!
  return alike[next(alike.length)]!
}

/** Writes one input to `target` at `MARGIN`; its length. */
function makeInput(next: (below: number) => number, sample: Sample, other: Sample, target: Uint8Array): number {
  if (next(5) === 0) {
    const length = next(next(4) === 0 ? 1024 : 160)
    for (let i = 0; i < length; i++) target[MARGIN + i] = next(3) === 0 ? 0 : next(256)
    return length
  }
  const { payload } = sample
  target.set(payload, MARGIN)
  let length = payload.length
  if (next(4) === 0) length = next(length + 1)
  if (next(6) === 0 && other.payload.length > 0) {
    // The tail of another message, from a boundary of attributes, where it has one there.
    const from = next(other.payload.length) & ~3
    const at = next(length + 1) & ~3
    const tail = other.payload.subarray(from, from + LARGEST - at)
    target.set(tail, MARGIN + at)
    length = at + tail.length
  }
  for (let changes = next(6); changes > 0 && length > 0; changes--) mutate(next, target, length)
  return length
}

function mutate(next: (below: number) => number, target: Uint8Array, length: number): void {
  const at = MARGIN + next(length)
  switch (next(4)) {
    case 0:
      target[at] = next(256)
      return
    case 1:
      target[at]! ^= 1 << next(8)
      return
    default: {
      // Where a length or a type of an attribute is likely to be.
      const word = MARGIN + (next(length) & ~1)
      const value = [0, 1, 3, 4, 5, 8, length, 0xffff, next(0x10000), next(64)][next(10)]!
      target[word] = value
      if (word + 1 < MARGIN + length) target[word + 1] = value >>> 8
    }
  }
}

/** What reading gives, or the message of the DecodeError; any other error gets through. */
function outcome(codec: AnyCodec, bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return codec.read(bytes, start, end, -1, {})
  } catch (error) {
    if (error instanceof DecodeError) return error.message
    throw error
  }
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
}

describe.each([
  ['a million damaged and random messages of routing netlink', routeProtocol, INPUTS],
  ['a quarter of a million of netfilter', netfilterProtocol, Math.ceil(INPUTS / 4)],
])('%s', (_, protocol, inputs) => {
  test('are decoded alike whatever stands around them, or are DecodeErrors; and encode to what they were', () => {
    const next = numbers(SEED)
    const byType = samplesOf(protocol)
    const codecs = [...protocol.messages.values()].map(({ codec }) => codec)
    const input = new Uint8Array(LARGEST * 2 + MARGIN * 2)
    const elsewhere = new Uint8Array(input.length)
    const writer = new Writer(LARGEST * 2)
    let decoded = 0
    let slowest = 0
    // Most inputs end in a DecodeError, and nobody looks at where in the program.
    Error.stackTraceLimit = 0
    for (let i = 0; i < inputs; i++) {
      const sample = pick(next, byType)
      const length = makeInput(next, sample, pick(next, byType), input)
      const codec = next(8) === 0 ? codecs[next(codecs.length)]! : protocol.messages.get(sample.type)!.codec
      const end = MARGIN + length
      elsewhere.set(input.subarray(MARGIN, end), MARGIN)
      input.fill(0xa5, 0, MARGIN).fill(0xa5, end, end + MARGIN)
      elsewhere.fill(i & 1 ? 0 : 0xff, 0, MARGIN).fill(i & 1 ? 0 : 0x04, end, end + MARGIN)
      const begun = performance.now()
      try {
        const value = outcome(codec, input, MARGIN, end)
        slowest = Math.max(slowest, performance.now() - begun)
        if (!same(value, outcome(codec, elsewhere, MARGIN, end))) throw new Error('what stands around it was read')
        if (typeof value === 'string') continue
        decoded++
        writer.position = 0
        codec.write(writer, value, {})
        const again = writer.bytes.subarray(0, writer.position)
        if (Buffer.compare(again, input.subarray(MARGIN, end)) !== 0) throw new Error(`encodes to ${toHex(again)}`)
      } catch (error) {
        const name = [...protocol.messages.values()].find((one) => one.codec === codec)?.name
        const place = `input ${i} of seed ${SEED}, as ${name}: ${toHex(input, MARGIN, end)}`
        Error.stackTraceLimit = 20
        throw new Error(`${place}: ${String(error)}`, { cause: error })
      }
    }
    Error.stackTraceLimit = 20
    expect(decoded).toBeGreaterThan(inputs / 5)
    // A hang would be the machine's business only if it lasted.
    expect(slowest).toBeLessThan(2000)
  }, 240_000)
})
