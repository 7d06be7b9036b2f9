import { InvalidValueError } from '../../libc/index.ts'
import { checkRest } from '../../netlink/index.ts'
import { link } from '../../rtnl/index.ts'
import { type NetnsTarget, withNamespaceOf, withRoute } from '../target.ts'
import { EchoSocket } from './echo-socket.ts'
import { type EchoResult, exchange } from './exchange.ts'
import { type IpAddress, parseAddress } from './socket-address.ts'

export interface EchoOptions {
  /** The namespace that asks; the process's own unless told. */
  readonly netns?: NetnsTarget
  /** How long to wait for an answer, in milliseconds: 1000 unless told. */
  readonly timeout?: number
  /** The number of the first question, 1 unless told. */
  readonly sequence?: number
  /** Bytes after the ICMP header, 56 unless told. */
  readonly size?: number
  /** Time to live or hop limit. */
  readonly ttl?: number
  /** The address, of the asking host, to ask from. */
  readonly source?: string
  /** The link to ask by. */
  readonly link?: string
  readonly signal?: AbortSignal
}

export interface EchoesOptions extends EchoOptions {
  /** How many to send; for ever unless told. */
  readonly count?: number
  /** Milliseconds from one request to the next: 1000 unless told. */
  readonly interval?: number
}

/**
 * Sends one ICMP echo request, as ping(8) does, and says what came of it: a reply, an error on the way, or nothing. Needs CAP_NET_RAW in
 * the namespace.
 * @param address IPv4 or IPv6; a link-local one names its link, `fe80::1%veth0`
 * @throws SystemError when the socket cannot be opened ('EPERM'); NetlinkError 'ENODEV' for a link that is not there
 * @throws EncodeError for what is no address, and for options that are not known; InvalidValueError for impossible options; the signal's reason
 */
export async function echo(address: string, options: EchoOptions = {}): Promise<EchoResult> {
  for await (const result of echoes(address, { ...options, count: 1 })) return result
  throw new InvalidValueError('no echo request was to be sent')
}

/** Sends echo requests one after the other, each when the one before it has been answered or given up. Throws as `echo` does. */
export async function* echoes(
  address: string,
  options: EchoesOptions = {},
): AsyncGenerator<EchoResult, void, undefined> {
  const {
    timeout = 1000,
    size = 56,
    ttl,
    sequence = 1,
    count = Number.POSITIVE_INFINITY,
    interval = 1000,
    signal,
    netns,
    source,
    link: by,
    ...rest
  } = options
  checkRest(rest)
  check('timeout', timeout, 0, 0x7fffffff)
  check('interval', interval, 0, 0x7fffffff)
  check('size', size, 0, 65_507)
  if (ttl !== undefined) check('ttl', ttl, 1, 255)
  signal?.throwIfAborted()
  const payload = Uint8Array.from({ length: size }, (_, i) => i)
  using socket = await openEcho(parseAddress(address), { netns, source, link: by, ttl })
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    yield await exchange(socket, (sequence + i) & 0xffff, { milliseconds: timeout, payload, signal })
    if (i + 1 < count) await pause(started + interval - performance.now(), signal)
  }
}

async function openEcho(
  target: IpAddress,
  { netns, source, link: by, ttl }: Pick<EchoOptions, 'netns' | 'source' | 'link' | 'ttl'>,
): Promise<EchoSocket> {
  const zone = target.zone
  const scope =
    zone === undefined || /^\d+$/.test(zone)
      ? Number(zone ?? 0)
      : (await withRoute(netns, {}, (route) => route.request(link.get(zone)))).index
  const from = source === undefined ? undefined : parseAddress(source)
  if (from !== undefined && from.family !== target.family) {
    throw new InvalidValueError(`source ${source} and target ${target.address} are of different families`)
  }
  return await withNamespaceOf(
    netns,
    (namespace) => new EchoSocket(target, { netns: namespace, source: from, link: by, ttl, scope }),
  )
}

function check(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most))
    throw new InvalidValueError(`${name} must be ${least} to ${most}, not ${value}`)
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
