import { asObject, checkRest, type Socket, within } from '../netlink/index.ts'
import { link } from '../rtnl/index.ts'
import { holds, saidBack } from './holds.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, withNamespaceOf, withRoute } from './target.ts'

/** What creating links remembers of each: enough to know it again. */
export interface CreatedLink {
  readonly index: number
  readonly name: string
}

export type CreateLinkSettings = link.LinkSettings & {
  readonly name: string
  /** The name of the link that it lies on: that a macvlan, an ipvlan or a VLAN belongs to, that a tunnel sends by. */
  readonly on?: string
}

/**
 * Creates a link of any kind: `createLink({ name: 'mac0', kind: 'macvlan', on: 'eth0' })`,
 * `createLink({ name: 'vxlan0', kind: 'vxlan', data: { id: 42 } })`. Undone, it is deleted.
 */
export function createLink({ on, ...settings }: CreateLinkSettings, netns?: NetnsTarget): Op<CreatedLink> {
  const { name, kind } = settings as { name: string; kind?: string }
  const request = (index: number | undefined) => link.add(index === undefined ? settings : lyingOn(settings, index))
  request(on === undefined ? undefined : 1)
  return {
    summary: `create ${kind ?? 'link'} ${name}${on === undefined ? '' : ` on ${on}`}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        await route.request(request(on === undefined ? undefined : (await route.request(link.get(on))).index))
        return identified(await route.request(link.get(name)))
      }),
    undo: (created, context = {}) => deleteCreated(created, netns, context),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const info = (await find(route, name))?.linkinfo
        const lower = on === undefined ? undefined : (await find(route, on))?.index
        if (kind === undefined || info?.kind !== kind || (on !== undefined && lower === undefined)) return false
        // Some kinds do not say what they were made with.
        return info.data === undefined || holds(info.data, saidBack<link.Link>(request(lower)).linkinfo?.data)
      }),
  }
}

/** A tunnel says in its own attributes what it sends by; every other kind in the link's. */
function lyingOn(settings: link.LinkSettings, index: number): link.LinkSettings {
  const { kind, data } = settings as { kind?: string; data?: object }
  if (kind !== 'vxlan') return { ...settings, link: index }
  return { ...settings, data: { ...data, link: index } } as link.LinkSettings
}

export interface BridgeSettings {
  readonly name: string
  readonly netns?: NetnsTarget
}

/** Creates a bridge, down. Undone, it is deleted, and its ports are on their own. */
export function createBridge(settings: BridgeSettings): Op<CreatedLink> {
  const { name, netns, ...rest } = asObject(settings)
  checkRest(rest)
  return createLink({ name, kind: 'bridge' }, netns)
}

function checkPeer(peer: VethPairSettings['peer']): void {
  within('peer', () => {
    const { name, netns, ...rest } = asObject(peer)
    checkRest(rest)
  })
}

export interface VethPairSettings {
  readonly name: string
  /** The other end; in the same namespace unless told. */
  readonly peer: { readonly name: string; readonly netns?: NetnsTarget }
  readonly netns?: NetnsTarget
}

/**
 * Creates a veth pair, both ends down. Undone, it is deleted, wherever its ends are by then, as long as one of them is where it was made.
 *
 * It counts as done when one end is where it was to be made and the other, in whatever namespace, has its name.
 */
export function createVethPair(settings: VethPairSettings): Op<readonly CreatedLink[]> {
  const { name, peer, netns, ...rest } = asObject(settings)
  checkRest(rest)
  checkPeer(peer)
  link.add({ name, kind: 'veth', data: { peer: { name: peer.name } } })
  const where = peer.netns === undefined ? netns : peer.netns
  const ends = [
    { name, netns, other: peer.name },
    { name: peer.name, netns: where, other: name },
  ]
  return {
    summary: `create veth pair ${name}${inNetns(netns)}, ${peer.name}${inNetns(where)}`,
    do: (context = {}) =>
      withNamespaceOf(where, (other) =>
        withRoute(netns, context, async (route) => {
          const netNsFd = peer.netns === undefined ? undefined : other?.fd
          await route.request(link.add({ name, kind: 'veth', data: { peer: { name: peer.name, netNsFd } } }))
          const made = await route.request(link.get(name))
          return [identified(made), { name: peer.name, index: made.link ?? 0 }]
        }),
      ),
    async undo(created, context = {}) {
      for (const [i, end] of created.entries()) await deleteCreated(end, ends[i]?.netns, context)
    },
    async isDone(context = {}) {
      for (const end of ends) {
        const found = await unless(
          ['ENOENT'],
          withRoute(end.netns, context, (route) => peerName(route, end.name)),
        )
        if (found !== undefined) return found === end.other
      }
      return false
    },
  }
}

/** The name of the other end of a veth pair, in whatever namespace it is; undefined when there is no such link or it is no veth. */
async function peerName(route: Socket, name: string): Promise<string | undefined> {
  const end = await find(route, name)
  if (end?.linkinfo?.kind !== 'veth' || end.link === undefined) return undefined
  const where = end.linkNetnsid === undefined ? {} : { targetNetnsid: end.linkNetnsid }
  return (await unless(['ENODEV', 'EINVAL'], route.request(link.get(end.link, where))))?.name
}

/** A link that is gone, or whose index another one has by now, is left alone. */
export async function deleteCreated(
  { index, name }: CreatedLink,
  netns: NetnsTarget,
  context: Parameters<typeof withRoute>[1],
): Promise<void> {
  // A namespace that is gone took its links with it.
  await unless(
    ['ENOENT'],
    withRoute(netns, context, async (route) => {
      const found = await find(route, name)
      if (found?.index === index) await unless(['ENODEV'], route.request(link.delete({ index })))
    }),
  )
}

/** What is remembered of a link that was just created. */
export function identified({ index, name }: link.Link): CreatedLink {
  return { index, name: name ?? '' }
}

/** A link by its name; undefined where there is none. */
export async function find(route: Socket, name: string): Promise<link.Link | undefined> {
  return await unless(['ENODEV'], route.request(link.get(name)))
}
