import { setTimeout as sleep } from 'node:timers/promises'
import type { Socket } from '../netlink/index.ts'
import { link, openRoute } from '../rtnl/index.ts'
import { unless } from './missing.ts'

/** Whatever requests can be made of. */
type Asked = Pick<Socket, 'request'>

interface Asking {
  readonly signal?: AbortSignal | undefined
}

/** How long a kernel that notices carriers only by itself is waited for: it takes a second at most where it has nothing else to do. */
const PATIENCE = 2000

/**
 * Whether a link has got, or has lost, a carrier that the kernel has not taken note of: until then it sends nothing by the link. LOWER_UP is the
 * carrier as it is, RUNNING and the state what was made of it (net/core/dev.c, netif_get_flags; net/core/link_watch.c, rfc2863_policy).
 */
export function isUnnoticed({ flags, operstate }: Pick<link.Link, 'flags' | 'operstate'>): boolean {
  if (!flags.includes('up') || operstate === 'dormant' || operstate === 'testing') return false
  return flags.includes('lower-up') !== flags.includes('running')
}

/**
 * Has the kernel take note of the carriers that a change of a link may have given or taken: the link's, that of a veth's other end, in
 * whatever namespace, and those of their masters. The kernel does so by itself in a task of its own, as soon as that gets to run and up to a
 * second later (net/core/link_watch.c); a link that is asked for alone is looked at before the answer (net/core/rtnetlink.c, rtnl_getlink,
 * Linux 6.8). Older kernels are waited for where a carrier came, for two seconds at most.
 *
 * Never throws, for the change has been made by then: what cannot be asked for any more needs no carrier.
 */
export async function noticeCarriers(route: Asked, index: number, asking: Asking = {}): Promise<void> {
  try {
    const end = performance.now() + PATIENCE
    for (let pause = 1; ; pause *= 2) {
      const around = await lookAround(route, index, asking)
      const late = around.some((found) => isUnnoticed(found) && found.flags.includes('lower-up'))
      if (!late || performance.now() + pause > end) return
      await sleep(pause, undefined, asking)
    }
  } catch {
    // The link is gone, or the signal came.
  }
}

/** The same at once, of one link of the present namespace, and without waiting for a kernel that does not do it for being asked. */
export function noticeCarrierSync(name: string): void {
  try {
    using route = openRoute()
    route.requestSync(link.get(name))
  } catch {
    // The link is gone.
  }
}

/** Asks for a link, a veth's other end and their masters, each alone. */
async function lookAround(route: Asked, index: number, asking: Asking): Promise<link.Link[]> {
  const own = await route.request(link.get(index), asking)
  const peer = own.linkinfo?.kind === 'veth' && own.link !== undefined ? await otherEnd(route, own, asking) : undefined
  const masters = await mastersOf(route, own, undefined, asking)
  if (peer === undefined) return [own, ...masters]
  return [own, peer, ...masters, ...(await mastersOf(route, peer, own.linkNetnsid, asking))]
}

async function otherEnd(route: Asked, own: link.Link, asking: Asking): Promise<link.Link | undefined> {
  try {
    return await route.request(link.get(own.link!, { targetNetnsid: own.linkNetnsid }), asking)
  } catch {
    // In a namespace of somebody else, or gone with it.
    return undefined
  }
}

/** A port's carrier first: a bridge has one when one of its ports has. */
async function mastersOf(
  route: Asked,
  { master }: link.Link,
  targetNetnsid: number | undefined,
  asking: Asking,
): Promise<link.Link[]> {
  const found: link.Link[] = []
  for (let index = master; index !== undefined; index = found.at(-1)?.master) {
    found.push(await route.request(link.get(index, { targetNetnsid }), asking))
  }
  return found
}

/**
 * Has the kernel take note of the carriers on which that of a link depends: those of the link below it, of a VLAN or a macvlan, and of
 * its ports. For who waits for the link and asks for it next. A link that is not there has none.
 * @throws what a request throws
 */
export async function noticeCarriersBelow(route: Asked, found: link.Link, asking: Asking = {}): Promise<void> {
  await lookBelow(route, found, asking, new Set())
}

async function lookBelow(route: Asked, above: link.Link, asking: Asking, seen: Set<number>): Promise<void> {
  seen.add(above.index)
  const ports = (await route.request(link.list({ master: above.index }), asking)).filter(isUnnoticed)
  const below = above.linkNetnsid === undefined && above.link ? [above.link] : []
  for (const index of [...ports.map((port) => port.index), ...below]) {
    if (seen.has(index)) continue
    // One by one, each after those that it depends on.
    const next = await unless(['ENODEV'], route.request(link.get(index), asking))
    if (next === undefined) continue
    await lookBelow(route, next, asking, seen)
    await unless(['ENODEV'], route.request(link.get(index), asking))
  }
}
