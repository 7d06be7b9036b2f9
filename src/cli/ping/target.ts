import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import {
  AF_INET,
  AF_INET6,
  close,
  connect,
  getsockname,
  SO_BINDTODEVICE,
  SO_BROADCAST,
  SOCK_DGRAM,
  SOL_SOCKET,
  SystemError,
  setsockopt,
  socket,
} from '../../libc/index.ts'
import { type IpAddress, parseAddress, readSocketAddress, socketAddress } from '../../ops/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { hostName, parseDotted } from '../nettools/index.ts'

export interface Target {
  readonly address: IpAddress
  /** The host's own name, or the address as it was written. */
  readonly name: string
  /** Whether it was written as an address, whose name nobody asks for. */
  readonly isLiteral: boolean
}

const fail = (message: string) => new CommandFailure(`ping: ${message}`, 2)

/** What a word may stand for, the likeliest first. Throws CommandFailure with getaddrinfo's words. */
export async function findTargets(word: string): Promise<Target[]> {
  const dotted = parseDotted(word)
  if (dotted !== undefined) return [{ address: { family: 'inet', address: dotted }, name: word, isLiteral: true }]
  if (word.includes(':')) {
    try {
      const address = parseAddress(word)
      return [{ address, name: word, isLiteral: true }]
    } catch {
      throw fail(`${word}: Name or service not known`)
    }
  }
  if (word === '') throw fail(': Name or service not known')
  try {
    const found = await lookup(word, { all: true, verbatim: true })
    const name = canonicalName(word)
    return found.map(({ address, family }, i) => ({
      address: { family: family === 4 ? 'inet' : 'inet6', address },
      // getaddrinfo(3) says the name with the first address only, and iputils does without it then.
      name: i > 0 ? '' : family === 4 ? name : word,
      isLiteral: false,
    }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const words = code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'
    throw fail(`${word}: ${words}`)
  }
}

/** The name that hosts(5) puts before the others of an address. */
function canonicalName(name: string): string {
  try {
    for (const line of readFileSync('/etc/hosts', 'utf8').split('\n')) {
      const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
      if (names.includes(name)) return names[0]!
    }
  } catch {
    // Then nobody knows another one.
  }
  return name
}

/**
 * The address that packets to a target come from, by connecting a datagram socket that sends nothing.
 * @throws SystemError of `connect` where the target cannot be reached, of `setsockopt` for the device
 */
export function sourceTowards(
  target: IpAddress,
  scope: number,
  device: string | undefined,
  broadcast: boolean,
): string {
  const probe = socket(target.family === 'inet' ? AF_INET : AF_INET6, SOCK_DGRAM, 0)
  try {
    if (device !== undefined) setsockopt(probe, SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(device))
    if (broadcast) setsockopt(probe, SOL_SOCKET, SO_BROADCAST, 1)
    const address = socketAddress(target, scope)
    // Any port will do, but for 0.
    address[2] = 4
    address[3] = 1
    connect(probe, address)
    return readSocketAddress(target.family, getsockname(probe))
  } finally {
    close(probe)
  }
}

/** Addresses as people read them: with the host's name where it has one and that is wanted. */
export function namer(numeric: boolean, zone: string | undefined): (address: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (address) => {
    const shown = zone !== undefined && isLinkLocal(address) ? `${address}%${zone}` : address
    if (numeric) return shown
    let name = known.get(shown)
    if (name === undefined) {
      const host = await hostName(shown)
      name = host === undefined || host === shown ? shown : `${host} (${shown})`
      known.set(shown, name)
    }
    return name
  }
}

/** Whether an IPv6 address means something on one link alone. */
export function isLinkLocal(address: string): boolean {
  return /^(fe[89ab]|ff[0-9a-f]2)/i.test(address)
}

export function isSystemError(error: unknown, syscall: string): error is SystemError {
  return error instanceof SystemError && error.syscall === syscall
}
