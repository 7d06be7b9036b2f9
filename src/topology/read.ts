import type { Socket } from '../netlink/index.ts'
import * as netns from '../netns/index.ts'
import { type Context, withRoute } from '../ops/index.ts'
import { address, link } from '../rtnl/index.ts'
import type { Topology, TopologyLink, TopologyNamespace, Wire, WireEnd } from './topology.ts'

export interface ReadTopologyOptions extends Context {
  /** What the process's own namespace is called: `host` unless told. */
  readonly host?: string
  /** The named namespaces to look into, in this order: all unless told, by name. */
  readonly names?: readonly string[]
  /** Others, which have no name, by what they are to be called. */
  readonly others?: ReadonlyMap<string, netns.Namespace>
  /** Whether loopback is wanted even where nobody gave it an address, and the addresses that the kernel makes by itself. */
  readonly all?: boolean
}

interface Named {
  readonly name: string
  readonly handle: netns.Namespace
}

interface Seen {
  readonly name: string
  readonly links: readonly link.Link[]
  readonly addresses: readonly address.Address[]
  /** The position of each namespace that this one has given an id. */
  readonly positions: ReadonlyMap<number, number>
}

/**
 * Reads what the networks of the process's own namespace and of the named ones are made of, and changes nothing.
 * @throws NetlinkError, SystemError, NotANamespaceError
 */
export async function readTopology(options: ReadTopologyOptions = {}): Promise<Topology> {
  const named = openAll(options)
  try {
    const seen: Seen[] = []
    for (const { name, handle } of named) {
      seen.push(await withRoute(handle, options, (route) => look(name, route, named)))
    }
    return { namespaces: seen.map((one) => describe(one, options.all ?? false)), wires: wiresOf(seen) }
  } finally {
    const given = [...(options.others?.values() ?? [])]
    for (const { handle } of named) if (!given.includes(handle)) handle[Symbol.dispose]()
  }
}

/** Each namespace once, under the first of its names. */
function openAll({ host = 'host', names, others = new Map() }: ReadTopologyOptions): Named[] {
  const opened: Named[] = [{ name: host, handle: netns.current() }]
  const isKnown = ({ dev, ino }: netns.Namespace) =>
    opened.some(({ handle }) => handle.dev === dev && handle.ino === ino)
  try {
    for (const name of names ?? netns.list().sort()) {
      const handle = names === undefined ? openIfThere(name) : netns.open(name)
      if (handle === undefined) continue
      if (isKnown(handle)) handle[Symbol.dispose]()
      else opened.push({ name, handle })
    }
  } catch (error) {
    for (const { handle } of opened) handle[Symbol.dispose]()
    throw error
  }
  for (const [name, handle] of others) if (!isKnown(handle)) opened.push({ name, handle })
  return opened
}

/** Of those that nobody asked for by name, one may be gone by now, or only its file be left. */
function openIfThere(name: string): netns.Namespace | undefined {
  try {
    return netns.open(name)
  } catch (error) {
    if (error instanceof netns.NotANamespaceError || (error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
}

async function look(name: string, route: Socket, named: readonly Named[]): Promise<Seen> {
  const links = await route.request(link.list())
  const addresses = await route.request(address.list())
  // The kernel gives an id to a namespace when it first names it in an answer: so ids come after links, and only those that links name.
  const mentioned = new Set(links.flatMap(({ linkNetnsid }) => linkNetnsid ?? []))
  const positions = new Map<number, number>()
  for (const [position, { handle }] of named.entries()) {
    if (positions.size === mentioned.size) break
    const id = await netns.id(route, handle)
    if (id !== undefined && mentioned.has(id)) positions.set(id, position)
  }
  return { name, links: links.toSorted((a, b) => a.index - b.index), addresses, positions }
}

function describe({ name, links, addresses }: Seen, all: boolean): TopologyNamespace {
  const described = links.map((one) => ({ ...describeLink(one, addresses, all), loopback: one.type === 'loopback' }))
  const shown = described.filter(({ loopback, addresses }) => all || !loopback || addresses.length > 0)
  return { name, links: shown.map(({ loopback, ...one }) => one) }
}

function describeLink(one: link.Link, addresses: readonly address.Address[], all: boolean): TopologyLink {
  const kind = one.linkinfo?.kind
  const own = addresses.filter(
    ({ index, scope }) => index === one.index && (all || (scope !== 'link' && scope !== 'host')),
  )
  return {
    index: one.index,
    name: one.name ?? `if${one.index}`,
    kind: kind === undefined ? undefined : String(kind),
    up: one.flags.includes('up'),
    mtu: one.mtu ?? 0,
    addresses: own.flatMap(({ address: text }) => text ?? []),
    master: one.master,
    on: lowerOf(one),
  }
}

/** The link of the same namespace that a link sits on. A vxlan says so in a place of its own. */
function lowerOf({ index, link: lower, linkNetnsid, linkinfo }: link.Link): number | undefined {
  if (linkNetnsid !== undefined || linkinfo?.kind === 'veth') return undefined
  const on = linkinfo?.kind === 'vxlan' ? linkinfo.data?.link : lower
  return on === index ? undefined : on || undefined
}

function wiresOf(seen: readonly Seen[]): Wire[] {
  const wires: Wire[] = []
  for (const [namespace, { links, positions }] of seen.entries()) {
    for (const { index, link: other, linkNetnsid, linkinfo } of links) {
      const kind = linkinfo?.kind
      if (other === undefined || other === 0 || kind === undefined) continue
      const far = linkNetnsid === undefined ? namespace : positions.get(linkNetnsid)
      if (far === undefined) continue
      const ends: [WireEnd, WireEnd] = [
        { namespace, link: index },
        { namespace: far, link: other },
      ]
      if (kind === 'veth' ? isFirst(ends) : far !== namespace) wires.push({ kind: String(kind), ends })
    }
  }
  return wires
}

/** Both ends of a veth pair name each other. */
function isFirst([near, far]: readonly [WireEnd, WireEnd]): boolean {
  return near.namespace < far.namespace || (near.namespace === far.namespace && near.link < far.link)
}
