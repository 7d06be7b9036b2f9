import { lookup, lookupService } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { CommandFailure } from '../grammar/index.ts'

export interface Resolved {
  /** Dotted decimal. */
  readonly address: string
  /** Whether the name is that of a network, or `default`. */
  readonly isNetwork: boolean
}

/** An address as inet_aton(3) reads it: one to four parts, decimal, octal or hexadecimal, of which the last fills the rest. */
export function parseDotted(text: string): string | undefined {
  const parts = text.split('.')
  if (parts.length > 4) return undefined
  let value = 0n
  for (const [i, part] of parts.entries()) {
    if (!/^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part)) return undefined
    const number = BigInt(/^0\d/.test(part) ? `0o${part.slice(1)}` : part)
    const bytes = i === parts.length - 1 ? 4 - i : 1
    if (number >= 1n << BigInt(8 * bytes)) return undefined
    value = (value << BigInt(8 * bytes)) | number
  }
  return dotted(Number(value))
}

export function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.')
}

export function undotted(address: string): number {
  return address.split('.').reduce((value, part) => ((value << 8) | Number(part)) >>> 0, 0)
}

/**
 * What a word stands for: `default`, an address, a network of networks(5), or a host; `hostFirst` where a host is more likely.
 * Throws CommandFailure with the resolver's words.
 */
export async function resolveHost(name: string, { hostFirst = false, status = 255 } = {}): Promise<Resolved> {
  if (name === 'default') return { address: '0.0.0.0', isNetwork: true }
  const address = parseDotted(name)
  if (address !== undefined) return { address, isNetwork: false }
  if (hostFirst) {
    const host = await lookupIpv4(name).catch(() => undefined)
    if (host !== undefined) return { address: host, isNetwork: false }
  }
  const network = networks().find(({ names }) => names.includes(name))
  if (network !== undefined) return { address: network.address, isNetwork: true }
  // Whatever the resolver said first, the networks had the last word.
  if (hostFirst) throw new CommandFailure(`${name}: Unknown host`, status)
  try {
    return { address: await lookupIpv4(name), isNetwork: false }
  } catch (error) {
    throw new CommandFailure(`${name}: ${lookupWords((error as NodeJS.ErrnoException).code)}`, status)
  }
}

/** Node gives an IPv6 address back as it is, whichever family is asked for. */
async function lookupIpv4(name: string): Promise<string> {
  const { address, family } = await lookup(name, { family: 4 })
  if (family !== 4) throw new CommandFailure(`${name}: Unknown host`, 1)
  return address
}

/** As herror(3) has it. */
export function lookupWords(code: string | undefined): string {
  if (code === 'EAI_AGAIN') return 'Host name lookup failure'
  if (code === 'EAI_FAIL') return 'Unknown server error'
  return 'Unknown host'
}

/** The name of a host; undefined where it has none. */
export async function hostName(address: string): Promise<string | undefined> {
  try {
    return (await lookupService(address, 0)).hostname
  } catch {
    return undefined
  }
}

export function networkName(address: string): string | undefined {
  return networks().find((network) => network.address === address)?.names[0]
}

let known: { readonly names: readonly string[]; readonly address: string }[] | undefined

/** networks(5). Zero bytes at the end of an address may be left out there. */
function networks() {
  known ??= readNetworks()
  return known
}

function readNetworks() {
  let text = ''
  try {
    text = readFileSync('/etc/networks', 'utf8')
  } catch {
    // Nothing has a name then.
  }
  return text.split('\n').flatMap((line) => {
    const [name, address, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (name === undefined || address === undefined) return []
    const parts = address.split('.')
    return [{ names: [name, ...aliases], address: [...parts, '0', '0', '0'].slice(0, 4).join('.') }]
  })
}
