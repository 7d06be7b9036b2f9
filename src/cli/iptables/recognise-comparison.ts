import { xtables } from '../../netfilter/index.ts'
import { maskOf } from './address.ts'
import type { Recognition, Register } from './recognition.ts'
import type { Interface } from './specification.ts'

// Where things are in an IPv4 header.
const FRAGMENT_OFFSET = 6
const TTL = 8
const PROTOCOL = 9
const SOURCE = 12
const DESTINATION = 16
const TCP_FLAGS = 13
const ICMP = 1
const ICMPV6 = 58
const TCP = 6
const UDP = 17

/** Takes `cmp`: what was loaded is compared with `value`. */
export function recogniseComparison(
  recognition: Recognition,
  loaded: Register | undefined,
  operator: string | number,
  value: Uint8Array,
): void {
  if (loaded === undefined) recognition.errors.push('cmp sreg undef')
  else if (loaded.is === 'immediate') recognition.errors.push('cmp sreg has unknown type')
  else if (loaded.is === 'meta') fact(recognition, loaded, operator === 'neq', value)
  else if (loaded.base === 'network') field(recognition, loaded, operator, value)
  else if (loaded.base === 'transport') transport(recognition, loaded, operator, value)
}

function fact(
  recognition: Recognition,
  { key, mask }: Register & { is: 'meta' },
  not: boolean,
  value: Uint8Array,
): void {
  switch (key) {
    case 'l4proto':
      recognition.protocol = value[0] ?? 0
      if (not) recognition.inverted.add('protocol')
      return
    case 'iif':
    case 'iifname':
      recognition.input = key === 'iif' ? byIndex(recognition, value) : named(value)
      invertInterface(recognition, 'input', not)
      return
    case 'oif':
    case 'oifname':
      recognition.output = key === 'oif' ? byIndex(recognition, value) : named(value)
      invertInterface(recognition, 'output', not)
      return
    case 'mark':
      recognition.match('mark', {
        mark: u32(value),
        mask: mask === undefined ? 0xffffffff : u32(mask),
        invert: not ? 1 : 0,
      })
      return
    case 'pkttype':
      recognition.match('pkttype', { type: value[0] ?? 0, invert: not ? 1 : 0 })
      return
    default:
      recognition.errors.push('unknown ipv4 meta key')
  }
}

const u32 = (bytes: Uint8Array) =>
  ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0

function byIndex(recognition: Recognition, value: Uint8Array): Interface {
  return { name: recognition.interfaceName(u32(value)), prefix: false }
}

/** A name with its NUL, or the beginning of one without. */
function named(value: Uint8Array): Interface | undefined {
  if (value.length === 0) return undefined
  const text = Buffer.from(value).toString()
  const isWhole = text.endsWith('\0')
  return { name: isWhole ? text.slice(0, text.indexOf('\0')) : text, prefix: !isWhole }
}

/** `! -i +` is written as the name of an interface that cannot be. */
function invertInterface(recognition: Recognition, which: 'input' | 'output', not: boolean): void {
  const isNone = !not && recognition[which]?.name === 'INVAL/D'
  if (isNone) recognition[which] = { name: '+', prefix: false }
  if (not || isNone) recognition.inverted.add(which)
}

function field(
  recognition: Recognition,
  { offset, length, mask }: Register & { is: 'payload' },
  operator: string | number,
  value: Uint8Array,
): void {
  const not = operator === 'neq'
  switch (offset) {
    case SOURCE:
    case DESTINATION: {
      const which = offset === SOURCE ? 'source' : 'destination'
      const address = new Uint8Array(4)
      address.set(value.subarray(0, 4))
      recognition[which] = { address, mask: mask?.slice(0, 4) ?? maskOf(Math.min(length, 4) * 8) }
      if (not) recognition.inverted.add(which)
      return
    }
    case PROTOCOL:
      recognition.protocol = value[0] ?? 0
      if (not) recognition.inverted.add('protocol')
      return
    case FRAGMENT_OFFSET:
      recognition.fragment = true
      if (mask !== undefined && operator === 'eq') recognition.inverted.add('fragment')
      return
    case TTL:
      timeToLive(recognition, operator, value[0] ?? 0)
      return
    default:
      recognition.errors.push('unknown payload offset')
  }
}

function timeToLive(recognition: Recognition, operator: string | number, ttl: number): void {
  const { eq, ne, lt, gt } = xtables.TTL_MODES
  const says = {
    eq: { mode: eq, ttl },
    neq: { mode: ne, ttl },
    lt: { mode: lt, ttl },
    gt: { mode: gt, ttl },
    lte: { mode: lt, ttl: ttl + 1 },
    gte: { mode: gt, ttl: ttl - 1 },
  }[String(operator)]
  if (says === undefined || says.ttl < 0 || says.ttl > 255) recognition.errors.push('invalid ttl field match')
  else recognition.match('ttl', says)
}

function transport(
  recognition: Recognition,
  { offset, mask }: Register & { is: 'payload' },
  operator: string | number,
  value: Uint8Array,
): void {
  const { protocol } = recognition
  if (protocol === ICMP || protocol === ICMPV6) {
    icmp(recognition, offset, value)
  } else if (protocol !== TCP && protocol !== UDP) {
    recognition.errors.push('unsupported layer 4 protocol value')
  } else if (offset === 0 && value.length === 4) {
    comparePort(recognition, 'source', operator, u16be(value, 0))
    comparePort(recognition, 'destination', operator, u16be(value, 2))
  } else if ((offset === 0 || offset === 2) && value.length === 2) {
    comparePort(recognition, offset === 0 ? 'source' : 'destination', operator, u16be(value, 0))
  } else if (offset === TCP_FLAGS && value.length === 1 && protocol === TCP) {
    recognition.changePorts((info) => {
      info.flags = [value[0]!]
      info.flagsMask = [mask?.[0] ?? 255]
      if (operator === 'neq') info.inverted = [...info.inverted, 'flags']
    })
  }
}

const u16be = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!

function comparePort(
  recognition: Recognition,
  which: 'source' | 'destination',
  operator: string | number,
  port: number,
): void {
  recognition.changePorts((info) => {
    const [from, to] = info[`${which}Ports`] as [number, number]
    const range = {
      eq: [port, port],
      neq: [port, port],
      lt: [from, Math.max(port - 1, 1)],
      lte: [from, port],
      gt: [Math.min(port + 1, 0xffff), to],
      gte: [port, to],
    }[String(operator)]
    if (range !== undefined) info[`${which}Ports`] = range
    if (operator === 'neq') info.inverted = [...info.inverted, `${which}-port`]
  })
}

function icmp(recognition: Recognition, offset: number, value: Uint8Array): void {
  const [first, second] = value
  if (first === undefined || value.length > (offset === 0 ? 2 : 1)) {
    recognition.errors.push('unexpected RHS data length')
  } else if (offset > 1) {
    recognition.errors.push('unexpected payload offset')
  } else {
    const code = offset === 1 ? first : second
    const says = { type: offset === 0 ? first : 255, minCode: code ?? 0, maxCode: code ?? 255 }
    recognition.match('icmp', says)
  }
}
