import { writeSync } from 'node:fs'
import { geteuid } from 'node:process'
import { errnoMessage, SystemError } from '../../libc/index.ts'
import { EchoSocket, type IpAddress } from '../../ops/index.ts'
import { address as addresses, link, openRoute, route } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { type Output, openOutput } from '../print/index.ts'
import { type PingOptions, parseOptions } from './options.ts'
import { run } from './run.ts'
import { findTargets, isLinkLocal, isSystemError, namer, sourceTowards, type Target } from './target.ts'

/** `ping`, as iputils has it. Resolves to the exit status: 0 when somebody answered, 1 when nobody did, 2 for what went wrong. */
export async function main(argv: readonly string[]): Promise<number> {
  const out = openOutput(1)
  const complain = (line: string) => {
    out.flush()
    writeSync(2, `${line}\n`)
  }
  try {
    const options = parseOptions(argv, (line) => complain(`ping: ${line}`), out.write)
    return await ping(options, out, complain)
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    if (error.message !== '') complain(error.message)
    return error.status
  } finally {
    out.flush()
  }
}

const fail = (message: string) => new CommandFailure(`ping: ${message}`, 2)

async function ping(options: PingOptions, out: Output, complain: (line: string) => void): Promise<number> {
  if (options.verbose) complain(socketText(options))
  const targets = await findTargets(options.target)
  for (const [i, target] of targets.entries()) {
    const { family } = target.address
    if (options.verbose) out.write(`ai->ai_family: ${AF[family]}, ai->ai_canonname: '${i === 0 ? target.name : ''}'\n`)
    if (options.family !== undefined && options.family !== family) continue
    const source = sourceOf(target, options, i + 1 < targets.length, complain)
    // Unreachable: the host has another address.
    if (source === undefined) continue
    return await pingOne(target, source, options, out, complain)
  }
  throw fail(`${options.target}: Address family for hostname not supported`)
}

const AF = { inet: 'AF_INET', inet6: 'AF_INET6' } as const

/** The address that is asked from. Undefined where the target cannot be reached and there are others. */
function sourceOf(
  { address }: Target,
  options: PingOptions,
  hasOthers: boolean,
  complain: (line: string) => void,
): string | undefined {
  const { source, device, broadcast } = options
  if (source !== undefined && source.includes(':') === (address.family === 'inet6')) return source
  const scope = scopeOf(address, device)
  // Where the link is not said with the address iputils does not find the source.
  if (address.zone === undefined && isLinkLocal(address.address)) return '::'
  try {
    try {
      return sourceTowards(address, scope, device, false)
    } catch (error) {
      if (!(broadcast && isSystemError(error, 'connect') && error.code === 'EACCES')) throw error
      complain('WARNING: pinging broadcast address')
      return sourceTowards(address, scope, device, true)
    }
  } catch (error) {
    if (isSystemError(error, 'setsockopt')) throw fail(`SO_BINDTODEVICE ${device}: ${errnoMessage(error.errno)}`)
    if (!isSystemError(error, 'connect')) throw error
    if (hasOthers && (error.code === 'EHOSTUNREACH' || error.code === 'ENETUNREACH')) return undefined
    if (error.code === 'EACCES' && address.family === 'inet') {
      throw fail('Do you want to ping broadcast? Then -b. If not, check your local firewall rules')
    }
    throw fail(`connect: ${errnoMessage(error.errno)}`)
  }
}

/** The index of the link that a link-local address is of. */
function scopeOf({ family, address, zone }: IpAddress, device: string | undefined): number {
  if (family === 'inet') return 0
  const name = zone ?? device
  if (name === undefined) return 0
  if (/^\d+$/.test(name)) return Number(name)
  using socket = openRoute()
  try {
    const { index } = socket.requestSync(link.get(name))
    return zone !== undefined || isLinkLocal(address) ? index : 0
  } catch {
    throw fail(zone === undefined ? `unknown iface: ${name}` : `${address}%${zone}: Name or service not known`)
  }
}

async function pingOne(
  target: Target,
  source: string,
  options: PingOptions,
  out: Output,
  complain: (line: string) => void,
): Promise<number> {
  const { family, zone } = target.address
  const { device, size } = options
  const chosen = options.source !== undefined && options.source === source
  if (device !== undefined && !chosen && !isOn(device, source, family)) {
    complain(`ping: Warning: source address might be selected on device other than: ${device}`)
  }
  // 0.0.0.0 is this host.
  const address = target.address.address === '0.0.0.0' ? { family, address: source } : target.address
  using socket = open(address, chosen ? source : undefined, options)
  const shownZone = zone ?? device ?? (isLinkLocal(address.address) ? wayTowards(address).name : undefined)
  const nameOf = namer(options.numeric || target.isLiteral, shownZone)
  const isSaid = device !== undefined || options.source !== undefined || options.sticky
  const from = isSaid ? `from ${source} ${device ?? ''}: ` : ''
  const shown =
    family === 'inet'
      ? ` (${address.address})`
      : `(${await namer(options.numeric || target.isLiteral, zone)(address.address)})`
  const amount = family === 'inet' ? `${size}(${size + 28}) bytes of data.` : `${size} data bytes`
  out.write(`PING ${target.name}${shown} ${from}${amount}\n`)
  out.flush()
  return await run(socket, options, {
    host: target.name,
    isMulticast: options.broadcast || /^(2(2[4-9]|3\d)\.|ff)/i.test(address.address),
    write: out.write,
    flush: out.flush,
    complain,
    nameOf,
    mtu: () => mtuTowards(address),
  })
}

function open(target: IpAddress, source: string | undefined, options: PingOptions): EchoSocket {
  const { device, ttl, identifier, trafficClass, fragments, mark, sendBuffer, direct, loop } = options
  const { family } = target
  if (ttl === 0 && family === 'inet') throw fail('cannot set unicast time-to-live: Invalid argument')
  try {
    return new EchoSocket(target, {
      source: source === undefined ? undefined : { family, address: source },
      link: device,
      ttl: ttl === 0 ? undefined : ttl,
      scope: scopeOf(target, device),
      identifier,
      trafficClass,
      fragments,
      mark,
      sendBuffer,
      direct: direct || undefined,
      loop: loop ? undefined : false,
    })
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const words = errnoMessage(error.errno)
    if (error.syscall === 'bind') throw fail(`${family === 'inet' ? 'bind' : 'bind icmp socket'}: ${words}`)
    if (error.syscall === 'setsockopt') throw fail(`SO_BINDTODEVICE ${device}: ${words}`)
    const hint = geteuid?.() === 0 ? '' : '\nping: => missing cap_net_raw+p capability or setuid?'
    throw fail(`socktype: SOCK_RAW\nping: socket: ${words}${hint}`)
  }
}

function isOn(device: string, source: string, family: IpAddress['family']): boolean {
  using socket = openRoute()
  const { index } = socket.requestSync(link.get(device))
  for (const found of socket.streamSync(addresses.list({ family, index }))) {
    if ((found.local ?? found.address?.replace(/\/.*/, '')) === source) return true
  }
  return false
}

function mtuTowards(target: IpAddress): number {
  const { mtu = 0xffff, learned = mtu } = wayTowards(target)
  // No packet of IPv4 is longer, whatever the link takes.
  return target.family === 'inet' ? Math.min(learned, 0xffff) : learned
}

/** The link by which packets leave, and what is known of the way behind it. */
function wayTowards({ address, zone }: IpAddress): { name?: string; mtu?: number; learned?: number } {
  using socket = openRoute()
  const oif = zone !== undefined ? socket.requestSync(link.get(zone)).index : undefined
  try {
    const { oif: index, metrics } = socket.requestSync(route.get({ dst: address, oif }))
    const { name, mtu } = index === undefined ? {} : socket.requestSync(link.get(index))
    return { name, mtu, learned: metrics?.mtu }
  } catch {
    return {}
  }
}

/** iputils opens a socket of each family before it knows which one it needs, and says so. */
function socketText({ family }: PingOptions): string {
  const sockets = [family !== 'inet6', family !== 'inet']
  const first = 3
  const texts = sockets.map((isOpen, i) => {
    const fd = isOpen ? first + (i === 1 && sockets[0] ? 1 : 0) : -1
    return `sock${i === 0 ? 4 : 6}.fd: ${fd} (socktype: ${isOpen ? 'SOCK_RAW' : '0'})`
  })
  return `ping: ${texts.join(', ')}, hints.ai_family: ${family === undefined ? 'AF_UNSPEC' : AF[family]}\n`
}
