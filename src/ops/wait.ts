import { type Event, type Socket, SocketClosedError, type Subscription } from '../netlink/index.ts'
import { address as addresses, groups, link } from '../rtnl/index.ts'
import { noticeCarriersBelow } from './carrier.ts'
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

/** What waits: it asks, and listens. */
export type Waiting = Pick<Socket, 'request' | 'subscribe'>

/**
 * Waits until a link is there and as described: by the kernel's events, and by asking now and then, at first after a few milliseconds and
 * then every quarter of a second. Whoever asks for a link alone has its carrier noticed at once (Linux 6.8), which a busy machine may
 * otherwise do seconds late; those that it depends on, a bridge's ports say, are asked for before it. An event that was lost costs no more
 * than the time until the next question.
 * @throws WaitTimeoutError; the signal's reason; what a request throws
 */
export async function waitForLink(
  route: Waiting,
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
    link: name,
    look: (signal) => find(route, name, signal),
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
 * Waits until a link has an address that may be used: an IPv6 address is tentative until it is known that nobody else has it (RFC 4862),
 * which is tried out only when the link has a carrier. By events and by asking, as `waitForLink` does. One made with `nodad` is usable from
 * the beginning, and yet answers only when the kernel has made its local route, a moment after the link has come up.
 * @throws WaitTimeoutError; the signal's reason; what a request throws
 */
export async function waitForAddress(
  route: Waiting,
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
    link: name,
    async look(signal) {
      const index = (await find(route, name, signal))?.index
      const found =
        index === undefined ? [] : (await route.request(addresses.list({ index }), { signal })).filter(matches)
      return found.find(usable) ?? found[0]
    },
    ready: (found) => found !== undefined && usable(found),
    ...options,
  })
}

async function find(route: Waiting, name: string | number, signal: AbortSignal): Promise<link.Link | undefined> {
  return await unless(['ENODEV'], route.request(link.get(name), { signal }))
}

interface Wait<T> extends WaitOptions {
  readonly what: string
  readonly groups: readonly number[]
  readonly link: string | number
  concerns(event: Extract<Event, { event: 'message' }>): boolean
  look(signal: AbortSignal): Promise<T | undefined>
  ready(found: T | undefined): boolean
}

/** Milliseconds from one question to the next when nothing happens: each pause is twice as long as the one before. */
const SHORTEST_PAUSE = 4
const LONGEST_PAUSE = 256

/**
 * Listens first and looks afterwards, so that nothing happens unseen in between; then looks again whenever something happened that
 * concerns it, and after each pause.
 */
async function waitFor<T>(route: Waiting, wait: Wait<T>): Promise<T> {
  const { what, timeout = 5000, signal } = wait
  signal?.throwIfAborted()
  const ended = new AbortController()
  const abort = () => ended.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let found: T | undefined
  const timer = setTimeout(() => ended.abort(new WaitTimeoutError(what, timeout, found)), timeout)
  try {
    const events = route.subscribe(wait.groups, { signal: ended.signal })
    const happening = listen(events, wait.concerns, () => ended.signal.reason ?? new SocketClosedError(what))
    for (let pause = SHORTEST_PAUSE, due = performance.now() + pause; ; ) {
      found = await wait.look(ended.signal)
      if (wait.ready(found)) return found as T
      await happening(due - performance.now())
      // A timer may be a fraction early.
      if (performance.now() < due - 1) continue
      const above = await find(route, wait.link, ended.signal)
      if (above !== undefined) await noticeCarriersBelow(route, above, { signal: ended.signal })
      pause = Math.min(2 * pause, LONGEST_PAUSE)
      due = performance.now() + pause
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    // Ends the subscription whatever happened; nobody waits for it any more.
    ended.abort()
  }
}

/**
 * Gives a function that waits until something has happened since it was called last, for so many milliseconds at most. However much has
 * happened since, it is one answer. It throws when there will be no more events.
 */
function listen(
  events: Subscription,
  concerns: Wait<unknown>['concerns'],
  ending: () => unknown,
): (milliseconds: number) => Promise<void> {
  let happened = false
  let over: { readonly why: unknown } | undefined
  let wake = () => {}
  const hear = async () => {
    for await (const event of events) {
      // Anything but a message means that some were lost, or not understood.
      if (event.event === 'message' && !concerns(event)) continue
      happened = true
      wake()
    }
    throw ending()
  }
  hear().catch((why) => {
    over = { why }
    wake()
  })
  return async (milliseconds) => {
    if (!happened && over === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    if (over !== undefined) throw over.why
    happened = false
  }
}
