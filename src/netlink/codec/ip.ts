// The halves of a dotted quad, made when first met: an address is then the sum of two short strings that exist already, which
// spares most of the memory that a table of a hundred thousand routes would otherwise take.
let firstHalves: (string | undefined)[] = []
let secondHalves: (string | undefined)[] = []

function firstHalf(bytes: Uint8Array, offset: number): string {
  const half = (bytes[offset]! << 8) | bytes[offset + 1]!
  const known = firstHalves[half]
  if (known !== undefined) return known
  if (firstHalves.length === 0) firstHalves = new Array(65536)
  const text = `${bytes[offset]!}.${bytes[offset + 1]!}.`
  firstHalves[half] = text
  return text
}

function secondHalf(bytes: Uint8Array, offset: number): string {
  const half = (bytes[offset + 2]! << 8) | bytes[offset + 3]!
  const known = secondHalves[half]
  if (known !== undefined) return known
  if (secondHalves.length === 0) secondHalves = new Array(65536)
  const text = `${bytes[offset + 2]!}.${bytes[offset + 3]!}`
  secondHalves[half] = text
  return text
}

/** Four bytes at `offset` as dotted quad. */
export function formatIpv4(bytes: Uint8Array, offset: number): string {
  return firstHalf(bytes, offset) + secondHalf(bytes, offset)
}

const SLASH: readonly string[] = Array.from({ length: 33 }, (_, length) => `/${length}`)

/** By length, second halves with it: there are few, since beyond their length networks have no bits. */
const networkHalves: (string | undefined)[][] = []

function secondHalfOfNetwork(bytes: Uint8Array, offset: number, length: number): string {
  const half = (bytes[offset + 2]! << 8) | bytes[offset + 3]!
  const rest = 32 - length
  if (length < 16 || (half & ((1 << rest) - 1)) !== 0) return secondHalf(bytes, offset) + SLASH[length]!
  networkHalves[length] ??= new Array(2 ** (length - 16))
  const known = networkHalves[length][half >>> rest]
  if (known !== undefined) return known
  const text = `${bytes[offset + 2]!}.${bytes[offset + 3]!}${SLASH[length]!}`
  networkHalves[length][half >>> rest] = text
  return text
}

/** Four bytes at `offset` with a prefix length of up to 32, such as `10.0.0.0/24`. */
export function formatIpv4Prefix(bytes: Uint8Array, offset: number, length: number): string {
  return firstHalf(bytes, offset) + secondHalfOfNetwork(bytes, offset, length)
}

/** Sixteen bytes at `offset` in the text form of inet_ntop(3): RFC 5952, with a dotted quad in v4-mapped addresses. */
export function formatIpv6(bytes: Uint8Array, offset: number): string {
  let bestStart = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && word(bytes, offset, i + length) === 0) length++
    if (length > bestLength) {
      bestStart = i
      bestLength = length
    }
    i += length
  }
  const mapped = bestStart === 0 && (bestLength === 6 || (bestLength === 5 && word(bytes, offset, 5) === 0xffff))
  const words = mapped ? 6 : 8
  let text = ''
  for (let i = 0; i < words; ) {
    if (i === bestStart) {
      text += '::'
      i += bestLength
    } else {
      if (text !== '' && !text.endsWith(':')) text += ':'
      text += word(bytes, offset, i).toString(16)
      i++
    }
  }
  if (!mapped) return text
  return `${text}${text.endsWith(':') ? '' : ':'}${formatIpv4(bytes, offset + 12)}`
}

function word(bytes: Uint8Array, offset: number, index: number): number {
  return (bytes[offset + index * 2]! << 8) | bytes[offset + index * 2 + 1]!
}

/** Bytes of an address of either family, or undefined. */
export function parseIp(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Four bytes of a dotted quad as inet_pton(3) takes it (no leading zeros, no short forms), or undefined. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const quad = quadIn(text, 0, text.length)
  return quad < 0 ? undefined : Uint8Array.of(quad >>> 24, quad >>> 16, quad >>> 8, quad)
}

/** The dotted quad that `text[start, end)` is, as a number; -1 where it is none. */
export function quadIn(text: string, start: number, end: number): number {
  let quad = 0
  let count = 0
  let value = -1
  for (let i = start; i <= end; i++) {
    const c = i === end ? 0x2e : text.charCodeAt(i)
    if (c === 0x2e) {
      if (value < 0 || count === 4) return -1
      quad = quad * 256 + value
      count++
      value = -1
    } else {
      if (c < 0x30 || c > 0x39 || value === 0) return -1
      value = (value < 0 ? 0 : value * 10) + c - 0x30
      if (value > 255) return -1
    }
  }
  return count === 4 ? quad : -1
}

/** Sixteen bytes of an IPv6 address as inet_pton(3) takes it, or undefined. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const left = groups(halves[0]!, halves.length === 1)
  const right = halves.length === 2 ? groups(halves[1]!, true) : []
  if (left === undefined || right === undefined) return undefined
  const count = left.length + right.length
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined
  const address = new Uint8Array(16)
  const put = (value: number, index: number) => {
    address[index * 2] = value >>> 8
    address[index * 2 + 1] = value
  }
  for (const [i, value] of left.entries()) put(value, i)
  for (const [i, value] of right.entries()) put(value, 8 - right.length + i)
  return address
}

function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const values: number[] = []
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) values.push(Number.parseInt(part, 16))
    else {
      const quad = last && i === parts.length - 1 ? parseIpv4(part) : undefined
      if (quad === undefined) return undefined
      values.push((quad[0]! << 8) | quad[1]!, (quad[2]! << 8) | quad[3]!)
    }
  }
  return values
}
