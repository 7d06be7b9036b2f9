import { bytesOf, type DataType, numberOf } from './data-type.ts'
import { type Json, type Shown, shown } from './shown.ts'

/** What a register holds: something of a packet or a connection, which is compared or used; or plain bytes. */
export interface Operand extends Shown {
  readonly type: DataType
  /** In bytes, as loaded. */
  readonly length: number
  /** A number to take off on the right: fields that end within a byte. */
  readonly shift: number
  /** How many bits the whole of it has, where less was loaded: the rest of a prefix. */
  readonly whole: number
  readonly mask: Uint8Array | undefined
  /** The header that it is of, and where in it, in bits. */
  readonly place: { readonly header: string; readonly at: number } | undefined
  /** Bytes that were put there. */
  readonly bytes: Uint8Array | undefined
  /** The fields of a header that lie one after another in it, where it is several. */
  readonly fields: readonly Operand[]
}

export function operand(what: Shown, type: DataType, length: number, more: Partial<Operand> = {}): Operand {
  const plain = { shift: 0, whole: 8 * length, mask: undefined, place: undefined, bytes: undefined, fields: [] }
  return { ...plain, text: what.text, json: what.json, type, length, ...more }
}

/** A statement that compares; `operator` is nft's. */
export function comparison(operator: string, left: Shown, right: Shown): Shown {
  const symbol = operator === '==' || operator === 'in' ? '' : `${operator} `
  return shown(`${left.text} ${symbol}${right.text}`, { match: { op: operator, left: left.json, right: right.json } })
}

/** The bytes that an operand is compared with, as its type reads them. */
export function valueFor({ type, length, whole, shift }: Operand, bytes: Uint8Array): Shown {
  if (8 * length < whole && type.prefixes) {
    const full = new Uint8Array(whole / 8)
    full.set(bytes.subarray(0, length))
    return prefixOf(type, full, 8 * length)
  }
  if (shift === 0) return type.show(bytes)
  return type.show(bytesOf(numberOf(bytes, type.host) >> BigInt(shift), bytes.length, type.host))
}

export function prefixOf(type: DataType, bytes: Uint8Array, length: number): Shown {
  const { text } = type.show(bytes)
  if (length === 8 * bytes.length) return shown(text)
  return shown(`${text}/${length}`, { prefix: { addr: text, len: length } })
}

export function rangeOf(type: DataType, from: Uint8Array, to: Uint8Array): Shown {
  const [low, high] = [type.show(from), type.show(to)]
  return shown(`${low.text}-${high.text}`, { range: [low.json, high.json] })
}

/** How long the prefix is that a mask leaves; undefined for a mask that is none. */
export function prefixLength(mask: Uint8Array): number | undefined {
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const length = bits.indexOf('0')
  if (length < 0) return bits.length
  return bits.includes('1', length) ? undefined : length
}

/** An operand of which a mask leaves some bits, compared with them. */
export function masked(left: Operand, mask: Uint8Array, operator: 'eq' | 'neq', bytes: Uint8Array): Shown {
  const { type } = left
  const symbol = operator === 'eq' ? '==' : '!='
  const length = prefixLength(mask)
  if (type.prefixes && length !== undefined && left.length === mask.length) {
    return comparison(symbol, left, prefixOf(type, bytes, length))
  }
  const zero = bytes.every((byte) => byte === 0)
  const names = type.show(mask)
  // "Has any of these bits": the question that states are asked.
  if (type.bits !== undefined && zero) {
    return operator === 'neq'
      ? comparison('in', left, names)
      : comparison('!', left, { text: names.text, json: names.json })
  }
  const value = type.show(bytes)
  const json: Json = { '&': [left.json, names.json] }
  if (type.bits !== undefined) {
    const text = `${left.text}${operator === 'eq' ? '' : ' !='} ${value.text} / ${names.text}`
    return shown(text, { match: { op: symbol, left: json, right: value.json } })
  }
  const text = `${left.text} & ${names.text} ${symbol} ${value.text}`
  return shown(text, { match: { op: symbol, left: json, right: value.json } })
}
