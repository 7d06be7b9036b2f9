import type { Socket } from '../netlink/index.ts'
import { address as addresses, link, route as routes } from '../rtnl/index.ts'
import { unless } from './missing.ts'

/** What the kernel forgets about a link, or makes up, when it goes down or moves to another namespace. */
export interface LinkState {
  readonly link: link.Link
  readonly addresses: readonly addresses.Address[]
  /** Those that somebody added; the kernel makes its own. */
  readonly routes: readonly routes.Route[]
}

export async function linkState(route: Socket, index: number): Promise<LinkState> {
  const [state, own, through] = await Promise.all([
    route.request(link.get(index)),
    route.request(addresses.list({ index })),
    route.request(routes.list({ oif: index })),
  ])
  return {
    link: state,
    addresses: own,
    routes: through.filter(({ protocol }) => protocol !== 'kernel' && protocol !== 'redirect'),
  }
}

/** Gives a link, by its index, what it had: its master, whether it was up, its addresses and its routes. */
export async function restoreLink(route: Socket, before: LinkState): Promise<void> {
  const { index } = before.link
  const now = await route.request(link.get(index))
  if ((now.master ?? 0) !== (before.link.master ?? 0)) {
    await route.request(link.set({ index, master: before.link.master ?? 0 }))
  }
  if (isUp(now) !== isUp(before.link)) await route.request(link.set({ index, up: isUp(before.link) }))
  await restoreAddresses(route, before)
  await restoreRoutes(route, before)
}

/** Takes from a link the addresses that it did not have, and gives it those that it had. */
export async function restoreAddresses(
  route: Socket,
  { link: { index }, addresses: before }: LinkState,
): Promise<void> {
  const now = await route.request(addresses.list({ index }))
  const had = new Set(before.map(addressKey))
  const has = new Set(now.map(addressKey))
  for (const extra of now.filter((entry) => !had.has(addressKey(entry)))) {
    // With the first of a subnet the others go too (promote_secondaries).
    await unless(['EADDRNOTAVAIL'], route.request(addresses.delete(extra)))
  }
  for (const lost of before.filter((entry) => !has.has(addressKey(entry)))) {
    // The kernel makes link-local addresses by itself, at a time of its own.
    await unless(['EEXIST'], route.request(addresses.add(lost)))
  }
}

async function restoreRoutes(route: Socket, before: LinkState): Promise<void> {
  const now = new Set((await route.request(routes.list({ oif: before.link.index }))).map(routeKey))
  const lost = before.routes.filter((entry) => !now.has(routeKey(entry)))
  // A gateway has to be reachable before it can be one.
  lost.sort((a, b) => Number(a.via !== undefined) - Number(b.via !== undefined))
  for (const entry of lost) await unless(['EEXIST'], route.request(routes.append(entry)))
}

export function addressKey({ family, local, address: own }: addresses.Address): string {
  return `${family} ${local ?? ''} ${own ?? ''}`
}

function routeKey({ family, dst, src, table, tos, metric, via, oif, type }: routes.Route): string {
  return [family, dst, src, table, tos, metric, via, oif, type].join(' ')
}

export function isUp({ flags }: link.Link): boolean {
  return flags.includes('up')
}
