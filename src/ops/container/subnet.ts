import { isIPv4 } from 'node:net'
import { InvalidValueError } from '../../libc/index.ts'

/** The addresses of an IPv4 network: the first is its gateway's, the last one is for all. */
export interface Subnet {
  readonly text: string
  readonly length: number
  readonly gateway: string
  /** Those that a container may have, in order. */
  addresses(): Iterable<string>
  /** Whether it has an address in common with another network, `172.18.3.1/24`. */
  overlaps(other: string): boolean
}

/**
 * Reads `172.18.0.0/16`.
 * @throws InvalidValueError for what is none, or has room for no container
 */
export function parseSubnet(text: string): Subnet {
  const [address = '', lengthText = ''] = text.split('/')
  const length = Number(lengthText)
  if (!isIPv4(address) || !/^\d+$/.test(lengthText) || length < 8 || length > 30) {
    throw new InvalidValueError(`expected an IPv4 network of 8 to 30 bits, got ${JSON.stringify(text)}`)
  }
  const number = numberOf(address)
  const size = 2 ** (32 - length)
  if (number % size !== 0) throw new InvalidValueError(`${text} has bits beyond its length`)
  return {
    text,
    length,
    gateway: formatNumber(number + 1),
    *addresses() {
      for (let i = 2; i < size - 1; i++) yield formatNumber(number + i)
    },
    overlaps(other) {
      const [host = '', bits = '32'] = other.split('/')
      const larger = 2 ** (32 - Math.min(length, Number(bits)))
      return Math.floor(numberOf(host) / larger) === Math.floor(number / larger)
    },
  }
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function formatNumber(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}
