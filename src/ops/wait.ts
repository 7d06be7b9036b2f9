import { type Event, type Socket, SocketClosedError } from '../netlink/index.ts'
import { address as addresses, groups, link } from '../rtnl/index.ts'
import { unless } from './missing.ts'

/** What was waited for did not come in time. */
export class WaitTimeoutError extends Error {
  readonly code = 'ETIMEDOUT'
  override readonly name = 'WaitTimeoutError'
  /** What was last seen of it; undefined when it was not there. */
  readonly last: unknown

  constructor(what: string, milliseconds: number, last: unknown) {
    super(`${what} did not happen within ${milliseconds} ms`)
    this.last = last
  }
}

export interface WaitOptions {
  /** Milliseconds, 5000 unless told. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

export interface LinkCondition {
  /** The link's name or index. */
  readonly name: string | number
  /** `up` once packets can pass, which is later than the flag of that name. */
  readonly operstate?: link.Link['operstate']
  /** Flags that it must have. */
  readonly flags?: readonly link.LinkFlag[]
  /** Anything else. */
  readonly when?: (link: link.Link) => boolean
}

/**
 * Waits, by the kernel's events, until a link is there and as described.
 * @throws WaitTimeoutError; the signal's reason; what a request throws
 */
export async function waitForLink(
  route: Socket,
  condition: LinkCondition,
  options: WaitOptions = {},
): Promise<link.Link> {
  const { name, operstate, flags = [], when = () => true } = condition
  const ready = (found: link.Link | undefined) =>
    found !== undefined &&
    (operstate === undefined || found.operstate === operstate) &&
    flags.every((flag) => found.flags.includes(flag)) &&
    when(found)
  return await waitFor<link.Link>(route, {
    what: `link ${name} being ${operstate ?? (flags.length > 0 ? flags.join(', ') : 'as wanted')}`,
    groups: [groups.link],
    // An event about some link is reason enough to look: it may be about a rename, or of a family that says less.
    concerns: ({ type }) => type === link.RTM_NEWLINK || type === link.RTM_DELLINK,
    look: (signal) => unless(['ENODEV'], route.request(link.get(name), { signal })),
    ready,
    ...options,
  })
}

export interface AddressCondition {
  /** The link's name. */
  readonly link: string
  /** With or without the prefix's length; any address unless told. */
  readonly address?: string
  readonly family?: addresses.Address['family']
  readonly scope?: addresses.Address['scope']
}

/**
 * Waits, by the kernel's events, until a link has an address that may be used: an IPv6 address is tentative until it is known that
 * nobody else has it (RFC 4862).
 * @throws WaitTimeoutError; the signal's reason; what a request throws
 */
export async function waitForAddress(
  route: Socket,
  condition: AddressCondition,
  options: WaitOptions = {},
): Promise<addresses.Address> {
  const { link: name, address, family, scope } = condition
  const matches = (entry: addresses.Address) =>
    (address === undefined || [entry.local, entry.address, entry.address?.split('/')[0]].includes(address)) &&
    (family === undefined || entry.family === family) &&
    (scope === undefined || entry.scope === scope)
  const usable = ({ flags }: addresses.Address) =>
    flags === undefined || !(flags.includes('tentative') || flags.includes('dadfailed'))
  return await waitFor<addresses.Address>(route, {
    what: `address ${address ?? family ?? ''} of ${name} being usable`,
    groups: [groups.link, groups['ipv4-ifaddr'], groups['ipv6-ifaddr']],
    concerns: ({ type }) => [addresses.RTM_NEWADDR, addresses.RTM_DELADDR, link.RTM_NEWLINK].includes(type),
    async look(signal) {
      const index = (await unless(['ENODEV'], route.request(link.get(name), { signal })))?.index
      const found =
        index === undefined ? [] : (await route.request(addresses.list({ index }), { signal })).filter(matches)
      return found.find(usable) ?? found[0]
    },
    ready: (found) => found !== undefined && usable(found),
    ...options,
  })
}

interface Wait<T> extends WaitOptions {
  readonly what: string
  readonly groups: readonly number[]
  concerns(event: Extract<Event, { event: 'message' }>): boolean
  look(signal: AbortSignal): Promise<T | undefined>
  ready(found: T | undefined): boolean
}

/** Listens first and looks afterwards, so that nothing happens unseen in between; then looks again at each event that concerns it. */
async function waitFor<T>(route: Socket, wait: Wait<T>): Promise<T> {
  const { what, timeout = 5000, signal } = wait
  signal?.throwIfAborted()
  const ended = new AbortController()
  const abort = () => ended.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let found: T | undefined
  const timer = setTimeout(() => ended.abort(new WaitTimeoutError(what, timeout, found)), timeout)
  try {
    const events = route.subscribe(wait.groups, { signal: ended.signal })
    found = await wait.look(ended.signal)
    if (wait.ready(found)) {
      events.close()
      return found as T
    }
    for await (const event of events) {
      if (event.event === 'message' && !wait.concerns(event)) continue
      found = await wait.look(ended.signal)
      if (wait.ready(found)) return found as T
    }
    throw ended.signal.reason ?? new SocketClosedError(what)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    // Ends the subscription whatever happened; nobody waits for it any more.
    ended.abort()
  }
}
