import { readFileSync } from 'node:fs'
import { formatIpv4, parseIpv4 } from '../../netlink/index.ts'
import { IptablesError } from './failure.ts'
import { wholeNumber } from './number.ts'

/** An IPv4 network: four bytes of address and four of mask. */
export interface Network {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

export const ANYWHERE: Network = { address: new Uint8Array(4), mask: new Uint8Array(4) }

export const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
export const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

/** What may stand after -s and -d: networks and hosts with commas between them. A host may have several addresses. */
export async function parseNetworks(text: string): Promise<Network[]> {
  const networks: Network[] = []
  for (const part of text.split(',')) {
    const word = part.trimStart()
    const slash = word.lastIndexOf('/')
    const mask = slash < 0 ? maskOf(32) : parseMask(word.slice(slash + 1))
    const name = isZero(mask) ? '0.0.0.0' : slash < 0 ? word : word.slice(0, slash)
    for (const address of await addressesOf(name)) {
      networks.push({ address: address.map((byte, i) => byte & mask[i]!), mask })
    }
  }
  return networks
}

async function addressesOf(name: string): Promise<Uint8Array[]> {
  const known = shortAddress(name) ?? namedNetwork(name)
  if (known !== undefined) return [known]
  const found = await hostAddresses(name)
  if (found.length === 0) throw new IptablesError(`host/network \`${name}' not found`)
  return found
}

async function hostAddresses(name: string): Promise<Uint8Array[]> {
  if (name === '') return []
  const { lookup } = await import('node:dns/promises')
  try {
    const found = await lookup(name, { family: 4, all: true })
    // What is written as an IPv6 address comes back as one.
    return found.flatMap(({ address }) => parseIpv4(address) ?? [])
  } catch {
    return []
  }
}

/** A dotted address of one to four numbers; those that are left out are zero, at the end. */
function shortAddress(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const numbers = parts.map((part) => wholeNumber(part, 0, 255))
  if (parts.length > 4 || numbers.includes(undefined)) return undefined
  return Uint8Array.from([...(numbers as number[]), 0, 0, 0].slice(0, 4))
}

/** networks(5): a name, a number, other names. */
function* networks(): Generator<readonly [names: readonly string[], address: Uint8Array]> {
  let text: string
  try {
    text = readFileSync('/etc/networks', 'latin1')
  } catch {
    return
  }
  for (const line of text.split('\n')) {
    const [name, number, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/)
    const address = number === undefined ? undefined : shortAddress(number)
    if (address !== undefined) yield [[name!, ...aliases], address]
  }
}

function namedNetwork(name: string): Uint8Array | undefined {
  for (const [names, address] of networks()) if (names.includes(name)) return address
  return undefined
}

/** The name that /etc/networks has for an address; undefined where it has none. */
export function networkName(text: string): string | undefined {
  for (const [[name], address] of networks()) if (formatIpv4(address, 0) === text) return name
  return undefined
}

/** A mask as a dotted quad or as a length. */
function parseMask(text: string): Uint8Array {
  const dotted = text.split('.').length === 4 ? shortAddress(text) : undefined
  if (dotted !== undefined) return dotted
  const length = wholeNumber(text, 0, 32)
  if (length === undefined) throw new IptablesError(`invalid mask \`${text}' specified`)
  return maskOf(length)
}

export function maskOf(length: number): Uint8Array {
  const value = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** The length of a mask; undefined where its ones are not all in front. */
export function lengthOf(mask: Uint8Array): number | undefined {
  for (let length = 0; length <= 32; length++) if (isSame(maskOf(length), mask)) return length
  return undefined
}

/** `10.0.0.0/24` as rules are saved. */
export function savedNetwork({ address, mask }: Network): string {
  return `${formatIpv4(address, 0)}/${lengthOf(mask) ?? formatIpv4(mask, 0)}`
}

/** `/24`; nothing for a single address. */
export function listedMask(mask: Uint8Array): string {
  const length = lengthOf(mask)
  return length === 32 ? '' : `/${length ?? formatIpv4(mask, 0)}`
}
