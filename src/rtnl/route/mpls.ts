import { type Codec, DecodeError, EncodeError, parsePrefix, prefix, u32be } from '../../netlink/index.ts'
import { FAMILIES } from '../family.ts'

const LABEL_BITS = 20

/**
 * A stack of MPLS labels as `100/200`, outermost first. A label's other fields follow it where they are not what a route has:
 * `100:3:0:64` is label 100 with traffic class 3, not the bottom of the stack, time to live 64 (RFC 3032).
 */
export const labels: Codec<string> = {
  form: { is: 'string' },
  read(bytes, offset, end) {
    if ((end - offset) % 4 !== 0) {
      throw new DecodeError(`a stack of labels is a multiple of 4 bytes, got ${end - offset}`, bytes, offset, end)
    }
    const texts: string[] = []
    for (let at = offset; at < end; at += 4) texts.push(labelText(u32be.at(bytes, at), at + 4 === end))
    return texts.join('/')
  },
  write(writer, value, parent) {
    if (value === '') return
    const texts = typeof value === 'string' ? value.split('/') : []
    if (texts.length === 0) throw new EncodeError(`expected MPLS labels such as 100/200, got ${typeof value}`)
    for (const [i, text] of texts.entries()) u32be.write(writer, labelEntry(text, i === texts.length - 1), parent)
  },
}

function labelText(entry: number, last: boolean): string {
  const label = entry >>> 12
  const trafficClass = (entry >>> 9) & 7
  const bottom = (entry >>> 8) & 1
  const ttl = entry & 0xff
  const usual = trafficClass === 0 && ttl === 0 && bottom === (last ? 1 : 0)
  return usual ? String(label) : [label, trafficClass, bottom, ttl].join(':')
}

function labelEntry(text: string, last: boolean): number {
  const fields = /^(\d{1,7})(?::([0-7]):([01]):(\d{1,3}))?$/.exec(text)
  const [label, trafficClass, bottom, ttl] = (fields ?? []).slice(1).map((field) => Number(field ?? 0)) as number[]
  if (fields === null || label! >= 2 ** LABEL_BITS || ttl! > 255) {
    throw new EncodeError(`expected MPLS labels such as 100/200, got ${JSON.stringify(text)}`)
  }
  const bos = fields[2] === undefined ? (last ? 1 : 0) : bottom!
  return ((label! << 12) | (trafficClass! << 9) | (bos << 8) | ttl!) >>> 0
}

/**
 * A route's destination or source, `10.0.0.0/24`; of an MPLS route its label, `100`. `lengthAt` is where struct rtmsg keeps the
 * length.
 */
export function destination(lengthAt: number): Codec<string> {
  const addresses = prefix(lengthAt)
  return {
    form: addresses.form,
    read(bytes, offset, end, base, parent) {
      if (base >= 0 && bytes[base] === FAMILIES.mpls && end - offset === 4 && bytes[base + lengthAt] === LABEL_BITS) {
        const text = labelText(u32be.at(bytes, offset), true)
        if (!text.includes(':')) return text
      }
      return addresses.read(bytes, offset, end, base, parent)
    },
    write(writer, value, parent) {
      if (isLabel(value)) labels.write(writer, value, parent)
      else addresses.write(writer, value, parent)
    },
  }
}

/** The length that the header says of what `destination` reads. */
export function lengthOfDestination(value: string): number {
  return isLabel(value) ? LABEL_BITS : parsePrefix(value).length
}

const MOST_DIGITS = 7
const isDigit = (code: number) => code >= 0x30 && code <= 0x39

/** Whether this is the label of an MPLS route. */
export function isLabel(value: string): boolean {
  if (typeof value !== 'string' || value.length === 0 || value.length > MOST_DIGITS) return false
  for (let i = 0; i < value.length; i++) if (!isDigit(value.charCodeAt(i))) return false
  return true
}
