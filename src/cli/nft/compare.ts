import { protocolName } from '../names/ip-protocol.ts'
import * as types from './data-type.ts'
import { numberOf } from './data-type.ts'
import { fieldAt, headerNamed } from './field.ts'
import { comparison, masked, type Operand, operand, rangeOf, valueFor } from './operand.ts'
import type { Read, RuleReader } from './rule-reader.ts'
import { shown } from './shown.ts'

const OPERATORS: Readonly<Record<string, string>> = { eq: '==', neq: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

const bytesIn = (data: unknown) => (data as { value?: Uint8Array } | undefined)?.value

/** Expressions that ask something of what a register holds, or change it. */
export const comparisons: Readonly<Record<string, Read>> = {
  bitwise(rule, data) {
    const source = rule.get(data.sreg)
    const [mask, xor] = [bytesIn(data.mask), bytesIn(data.xor)]
    if (source === undefined || mask === undefined || xor?.some((byte) => byte !== 0)) rule.unknown('bitwise', data)
    else rule.set(data.dreg, partOf(source, mask) ?? { ...source, mask })
  },

  cmp(rule, data) {
    const left = rule.get(data.sreg)
    const bytes = bytesIn(data.data)
    const operator = String(data.operator)
    if (left === undefined || bytes === undefined) rule.unknown('cmp', data)
    else if (left.mask !== undefined && (operator === 'eq' || operator === 'neq')) {
      rule.say(masked(left, left.mask, operator, bytes))
    } else if (left.fields.length > 0 && (operator === 'eq' || operator === 'neq')) {
      let at = 0
      for (const field of left.fields) {
        rule.say(comparison(OPERATORS[operator]!, field, valueFor(field, bytes.subarray(at, at + field.length))))
        at += field.length
      }
    } else if (operator === 'lte' && rule.lower?.of === left.text && rule.lower.at === rule.next - 1) {
      // nft asks for a range by its two ends.
      rule.resay(comparison('==', left, rangeOf(left.type, rule.lower.bytes, bytes)))
    } else {
      if (operator === 'gte') rule.lower = { of: left.text, bytes, at: rule.next }
      if (operator === 'eq') learn(rule, left, bytes)
      rule.say(comparison(OPERATORS[operator] ?? operator, left, valueFor(left, bytes)))
    }
  },

  range(rule, data) {
    const left = rule.get(data.sreg)
    const [from, to] = [bytesIn(data.from), bytesIn(data.to)]
    if (left === undefined || from === undefined || to === undefined) rule.unknown('range', data)
    else rule.say(comparison(OPERATORS[String(data.operator)] ?? '==', left, rangeOf(left.type, from, to)))
  },

  lookup(rule, data) {
    const key = rule.following(data.sreg)
    if (key.length === 0) {
      rule.unknown('lookup', data)
      return
    }
    const name = String(data.set)
    const members = membersOf(rule, name, key)
    const left =
      key.length === 1
        ? key[0]!
        : shown(key.map(({ text }) => text).join(' . '), { concat: key.map(({ json }) => json) })
    const map = { key: left.json, data: members.json }
    if (data.dreg === 0) rule.say(shown(`${left.text} vmap ${members.text}`, { vmap: map }))
    else if (data.dreg !== undefined) {
      rule.set(data.dreg, operand(shown(`${left.text} map ${members.text}`, { map }), types.integer, 4))
    } else {
      const inverted = (data.flags as readonly string[] | undefined)?.includes('invert')
      rule.say(comparison(inverted ? '!=' : '==', left, members))
    }
  },
}

function membersOf({ context }: RuleReader, name: string, key: readonly Operand[]) {
  const keyTypes = key.map(({ type }) => type)
  const members = context.anonymousSet(name, keyTypes)
  if (members === undefined) return shown(`@${name}`)
  return shown(`{ ${members.map(({ text }) => text).join(', ')} }`, { set: members.map(({ json }) => json) })
}

const ETHER_TYPES: Readonly<Record<number, string>> = { 2048: 'ip', 34525: 'ip6', 2054: 'arp' }

/** Which header comes next, for what is asked of it later. */
function learn(rule: RuleReader, { text }: Operand, bytes: Uint8Array): void {
  const number = Number(numberOf(bytes.subarray(0, 1), false))
  const protocol = headerNamed(protocolName(number) ?? 'th')
  if (text === 'meta l4proto') rule.transport = { name: protocol, at: rule.next }
  else if (text === 'ip protocol' || text === 'ip6 nexthdr') rule.transport = { name: protocol, at: undefined }
  else if (text === 'iiftype') rule.link = { name: 'ether', at: rule.next }
  else if (text === 'meta nfproto') rule.network = { name: number === 2 ? 'ip' : 'ip6', at: rule.next }
  else if (text === 'ether type' || text === 'meta protocol') {
    const name = ETHER_TYPES[Number(numberOf(bytes.subarray(0, 2), false))]
    if (name !== undefined && !rule.inOneFamily) rule.network = { name, at: rule.next }
  }
}

/** A field that is a part of the bytes that were loaded: those that the mask leaves. */
function partOf({ place, length }: Operand, mask: Uint8Array): Operand | undefined {
  if (place === undefined) return undefined
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const [first, last] = [bits.indexOf('1'), bits.lastIndexOf('1')]
  const field = fieldAt(place.header, place.at + first, last - first + 1)
  if (first < 0 || field === undefined || bits.slice(first, last + 1).includes('0') || field.size === 8 * length) {
    return undefined
  }
  const what = shown(`${field.protocol} ${field.name}`, { payload: { protocol: field.protocol, field: field.name } })
  return operand(what, field.type, length, { shift: bits.length - 1 - last })
}
