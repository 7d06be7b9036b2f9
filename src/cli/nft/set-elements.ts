import { bytesOf, type DataType, numberOf } from './data-type.ts'
import { prefixLength, prefixOf, rangeOf } from './operand.ts'
import { type Json, type Shown, shown } from './shown.ts'

/** An element of a set: its key, or the parts of it, and what a map maps it to. */
export interface SetElement {
  readonly key: Uint8Array
  /** The end of a range of concatenated keys. */
  readonly keyEnd: Uint8Array | undefined
  readonly intervalEnd: boolean
  readonly data: Shown | undefined
  readonly options: readonly string[]
}

/** The elements as nft lists them, in the order of their keys: intervals as prefixes and ranges. */
export function showElements(types: readonly DataType[], elements: readonly SetElement[], interval: boolean): Shown[] {
  const sorted = elements.toSorted((a, b) => compare(types, a, b))
  if (!interval || types.length > 1) {
    return sorted.map((element) => withData(concatenated(types, element.key, element.keyEnd), element))
  }
  const [type] = types as [DataType]
  return sorted.flatMap((element, at) => {
    if (element.intervalEnd) return []
    const next = sorted[at + 1]
    const last = next === undefined ? (1n << BigInt(8 * element.key.length)) - 1n : numberOf(next.key, type.host) - 1n
    return [withData(intervalOf(type, element.key, last), element)]
  })
}

function compare(types: readonly DataType[], a: SetElement, b: SetElement): number {
  const host = types.length === 1 && types[0]!.host
  const [x, y] = [numberOf(a.key, host), numberOf(b.key, host)]
  if (x === y) return a.intervalEnd ? -1 : 1
  return x < y ? -1 : 1
}

function intervalOf(type: DataType, first: Uint8Array, last: bigint): Shown {
  const from = numberOf(first, type.host)
  if (from === last) return type.show(first)
  const bits = BigInt(8 * first.length)
  const mask = bytesOf(((1n << bits) - 1n) ^ (last - from), first.length, false)
  const length = prefixLength(mask)
  const aligned = (from & (last - from)) === 0n
  if (type.prefixes && length !== undefined && aligned) return prefixOf(type, first, length)
  return rangeOf(type, first, bytesOf(last, first.length, type.host))
}

/** The parts of a concatenated key begin at multiples of four bytes. */
export function concatenated(types: readonly DataType[], key: Uint8Array, end?: Uint8Array): Shown {
  if (types.length === 1) return types[0]!.show(key)
  let at = 0
  const parts = types.map((type, index) => {
    const size = sizeOf(type) ?? (index === types.length - 1 ? key.length - at : 4)
    const [from, to] = [key.subarray(at, at + size), end?.subarray(at, at + size)]
    at += 4 * Math.ceil(size / 4)
    const single = to === undefined || from.every((byte, i) => byte === to[i])
    return single ? type.show(from) : rangeOf(type, from, to)
  })
  return shown(parts.map(({ text }) => text).join(' . '), { concat: parts.map(({ json }) => json) })
}

/** In bytes, of the types that concatenations are made of. */
function sizeOf({ name }: DataType): number | undefined {
  const sizes: Readonly<Record<string, number>> = {
    ipv4_addr: 4,
    ipv6_addr: 16,
    ether_addr: 6,
    inet_service: 2,
    inet_proto: 1,
    mark: 4,
    iface_index: 4,
    ifname: 16,
    icmp_type: 1,
    icmpv6_type: 1,
    ether_type: 2,
    nf_proto: 1,
  }
  return sizes[name]
}

function withData(key: Shown, { data, options }: SetElement): Shown {
  const text = [key.text, ...options].join(' ')
  if (data === undefined) return shown(text, key.json)
  return shown(`${text} : ${data.text}`, [key.json, data.json] satisfies Json)
}
