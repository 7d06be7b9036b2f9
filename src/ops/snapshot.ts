import { forJson, type Socket } from '../netlink/index.ts'
import { list, NotANamespaceError } from '../netns/index.ts'
import { address as addresses, link, neighbour, route as routes, rule } from '../rtnl/index.ts'
import { type FirewallSnapshot, firewallOf } from './firewall/snapshot.ts'
import { isPermanent } from './link-state.ts'
import { isRefusal } from './missing.ts'
import { type NetnsTarget, withRoute } from './target.ts'

/** The configuration of a network namespace: what somebody set and the kernel keeps, without counters, timers and learnt neighbours. */
export interface NetnsSnapshot {
  readonly links: readonly Partial<link.Link>[]
  readonly addresses: readonly Partial<addresses.Address>[]
  readonly routes: readonly Partial<routes.Route>[]
  readonly rules: readonly Partial<rule.Rule>[]
  readonly neighbours: readonly Partial<neighbour.Neighbour>[]
  /** Which stations are behind which far ends of tunnels. */
  readonly forwarding: readonly Partial<neighbour.Neighbour>[]
  readonly firewall: FirewallSnapshot
}

/** By the namespace's name; the process's own is ''. */
export type Snapshot = Readonly<Record<string, NetnsSnapshot>>

/**
 * Dumps the links, addresses, routes, rules, neighbours and firewalls of the process's own namespace and of all named ones. Two snapshots are
 * equal, member by member, when nothing was changed between them, or all was undone.
 */
export async function snapshot(): Promise<Snapshot> {
  const all: Record<string, NetnsSnapshot> = {}
  for (const name of [undefined, ...list().sort()]) {
    try {
      all[name ?? ''] = await snapshotOf(name)
    } catch (error) {
      // What is left of a namespace that is gone has nothing to dump.
      if (!(error instanceof NotANamespaceError || (name !== undefined && isRefusal(error, ['ENOENT'])))) throw error
    }
  }
  return all
}

export async function snapshotOf(netns: NetnsTarget): Promise<NetnsSnapshot> {
  const firewall = await firewallOf(netns)
  return await withRoute(netns, {}, async (route: Socket) => ({
    links: (await route.request(link.list())).map(configurationOf),
    addresses: (await route.request(addresses.list())).map(({ cacheinfo, ...rest }) => ({
      ...rest,
      flags: without(PASSING, rest.flags ?? []),
    })),
    routes: inOrder((await route.request(routes.list())).filter(isKept).map(({ cacheinfo, ...rest }) => rest)),
    rules: await route.request(rule.list()),
    neighbours: (await route.request(neighbour.list())).filter(isPermanent).map(withoutTimes),
    forwarding: (await route.request(neighbour.list({ family: 'bridge' })))
      .filter((entry) => entry.dst !== undefined && isPermanent(entry))
      .map(withoutTimes),
    firewall,
  }))
}

/** What the kernel says while it tries out IPv6 addresses and looks for routers. */
const PASSING: readonly string[] = ['tentative', 'rs-sent', 'ready']

const without = <T>(names: readonly string[], flags: readonly T[]): T[] =>
  flags.filter((flag) => !names.includes(String(flag)))

/** The kernel itself makes an IPv6 address's local route, once it has tried the address out. */
function isKept({ family, type, protocol }: routes.Route): boolean {
  return !(family === 'inet6' && protocol === 'kernel' && (type === 'local' || type === 'anycast'))
}

function withoutTimes({ cacheinfo, probes, ...rest }: neighbour.Neighbour): Partial<neighbour.Neighbour> {
  return rest
}

/** The kernel lists routes of one destination and metric in the order in which they came. */
function inOrder(table: Partial<routes.Route>[]): Partial<routes.Route>[] {
  const key = (entry: Partial<routes.Route>) => JSON.stringify(entry, forJson)
  return table.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

function configurationOf({
  stats,
  stats64,
  carrierChanges,
  carrierUpCount,
  carrierDownCount,
  qdisc,
  ...rest
}: link.Link): Partial<link.Link> {
  const { linkinfo, afSpec, ...plain } = rest
  return {
    ...plain,
    // Which of the two it is says whether the link was ever up.
    qdisc: qdisc === 'noop' ? 'noqueue' : qdisc,
    ...(linkinfo && { linkinfo: withoutTimers(linkinfo) as link.Link['linkinfo'] }),
    ...(afSpec && { afSpec: withoutCounters(afSpec) as link.Link['afSpec'] }),
  }
}

/** What a bridge and its ports have learnt from traffic. */
const LEARNT: readonly string[] = ['fdbNLearned', 'mcastNGroups', 'mcastEhtHostsCnt']

/** Without the timers of bridges and their ports, what they have learnt, and the statistics of kinds. */
function withoutTimers({ xstats, ...linkinfo }: object & { xstats?: unknown }): object {
  const steady = (data: unknown) =>
    typeof data === 'object' && data !== null
      ? Object.fromEntries(Object.entries(data).filter(([name]) => !/timer$/i.test(name) && !LEARNT.includes(name)))
      : data
  return Object.fromEntries(Object.entries(linkinfo).map(([name, value]) => [name, steady(value)]))
}

function withoutCounters(afSpec: object): object {
  const { inet6, ...rest } = afSpec as { inet6?: Record<string, unknown> }
  if (inet6 === undefined) return rest
  const { stats, icmp6stats, cacheinfo, flags, ...steady } = inet6
  return { ...rest, inet6: Array.isArray(flags) ? { ...steady, flags: without(PASSING, flags) } : steady }
}
