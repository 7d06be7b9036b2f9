import { isDeepStrictEqual } from 'node:util'
import type { Socket } from '../netlink/index.ts'
import { address as addresses, link, neighbour, route as routes } from '../rtnl/index.ts'
import { unless } from './missing.ts'
import { WaitTimeoutError, waitForLink } from './wait.ts'

/**
 * What the kernel forgets about a link, or makes up, when it goes down, changes its master or moves to another namespace. Not in it, and so
 * not given back: a port's VLANs and its entries in the bridge's forwarding table.
 */
export interface LinkState {
  readonly link: link.Link
  readonly addresses: readonly addresses.Address[]
  /** Those that somebody added; the kernel makes its own. */
  readonly routes: readonly routes.Route[]
  /** The permanent ones. */
  readonly neighbours: readonly neighbour.Neighbour[]
  /** Of the bridge that it is a port of: with its ports a bridge's own address changes, and whether it has a carrier. */
  readonly master?: LinkState
}

/** What there is to remember of a link, by its index. */
export async function linkState(route: Socket, index: number): Promise<LinkState> {
  const [state, own, through, near] = await Promise.all([
    route.request(link.get(index)),
    route.request(addresses.list({ index })),
    route.request(routes.list({ oif: index })),
    route.request(neighbour.list({ index })),
  ])
  return {
    link: state,
    addresses: own,
    routes: through.filter(({ protocol }) => protocol !== 'kernel' && protocol !== 'redirect'),
    neighbours: near.filter(isPermanent),
    ...(state.master !== undefined && { master: await linkState(route, state.master) }),
  }
}

export function isPermanent({ state }: neighbour.Neighbour): boolean {
  return Array.isArray(state) && state.includes('permanent')
}

/** Gives a link, by its index, what it had: its master, whether it was up, its addresses, neighbours and routes; then its master. */
export async function restoreLink(route: Socket, before: LinkState): Promise<void> {
  const { index, operstate } = before.link
  const now = await route.request(link.get(index))
  await restoreMaster(route, before.link, now)
  if (isUp(now) !== isUp(before.link)) await route.request(link.set({ index, up: isUp(before.link) }))
  // With the carrier, which may take a second, come addresses that the kernel makes.
  if (operstate === 'up') await unlessLate(waitForLink(route, { name: index, operstate }, { timeout: 2000 }))
  await restoreAddresses(route, before)
  const has = await route.request(neighbour.list({ index }))
  for (const entry of before.neighbours.filter(
    ({ dst }) => !has.some((near) => isPermanent(near) && near.dst === dst),
  )) {
    await route.request(neighbour.replace(entry))
  }
  await restoreRoutes(route, before)
  if (before.master !== undefined) await unless(['ENODEV'], restoreLink(route, before.master))
}

async function unlessLate(pending: Promise<unknown>): Promise<void> {
  try {
    await pending
  } catch (error) {
    // The other end is down by now: then there is nothing to wait for.
    if (!(error instanceof WaitTimeoutError)) throw error
  }
}

/** A port's settings that somebody may have made; the others are its state. */
const PORT_SETTINGS = [
  ...[
    'priority',
    'cost',
    'mode',
    'guard',
    'protect',
    'fastLeave',
    'learning',
    'unicastFlood',
    'proxyarp',
    'proxyarpWifi',
  ],
  ...['multicastRouter', 'mcastFlood', 'mcastToUcast', 'vlanTunnel', 'bcastFlood', 'groupFwdMask', 'neighSuppress'],
  ...['isolated', 'locked', 'mab', 'mcastMaxGroups', 'neighVlanSuppress'],
]

async function restoreMaster(route: Socket, before: link.Link, now: link.Link): Promise<void> {
  const { index } = before
  if ((now.master ?? 0) === (before.master ?? 0)) return
  await route.request(link.set({ index, master: before.master ?? 0 }))
  if (before.linkinfo?.slaveKind !== 'bridge') return
  const fresh = (await route.request(link.get(index))).linkinfo?.slaveData as Record<string, unknown> | undefined
  const old = before.linkinfo.slaveData as Record<string, unknown> | undefined
  const different = PORT_SETTINGS.filter((name) => old?.[name] !== undefined && old[name] !== fresh?.[name])
  if (different.length === 0) return
  const slaveData = Object.fromEntries(different.map((name) => [name, old?.[name]]))
  await route.request(link.set({ index, slaveKind: 'bridge', slaveData }))
}

/** Takes from a link the addresses that it did not have, and gives it those that it had, in their order. */
export async function restoreAddresses(
  route: Socket,
  { link: { index }, addresses: before }: LinkState,
): Promise<void> {
  const now = await route.request(addresses.list({ index }))
  const had = new Set(before.map(addressKey))
  for (const extra of now.filter((entry) => !had.has(addressKey(entry)))) await remove(route, extra)
  await addMissing(route, index, before)
  const isV6 = ({ family }: addresses.Address) => family === 'inet6'
  const wanted = before.filter(isV6)
  const got = await route.request(addresses.list({ index, family: 'inet6' }))
  if (isDeepStrictEqual(got.map(addressKey), wanted.map(addressKey))) return
  // The kernel made one by itself, and so before those that were there before it.
  for (const entry of got) await remove(route, entry)
  await addMissing(route, index, wanted)
}

async function addMissing(route: Socket, index: number, wanted: readonly addresses.Address[]): Promise<void> {
  const has = new Set((await route.request(addresses.list({ index }))).map(addressKey))
  const lost = wanted.filter((entry) => !has.has(addressKey(entry)))
  // The kernel puts a new IPv4 address after the others and a new IPv6 address before them (net/ipv6/addrconf.c).
  const inOrder = [
    ...lost.filter(({ family }) => family !== 'inet6'),
    ...lost.filter(({ family }) => family === 'inet6').reverse(),
  ]
  for (const entry of inOrder) {
    // The kernel makes link-local addresses by itself, at a time of its own.
    await unless(['EEXIST'], route.request(addresses.add(entry)))
  }
}

/** With the first of a subnet the others may have gone already (promote_secondaries). */
async function remove(route: Socket, entry: addresses.Address): Promise<void> {
  await unless(['EADDRNOTAVAIL'], route.request(addresses.delete(entry)))
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
