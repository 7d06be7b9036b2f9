import type { Socket } from '../netlink/index.ts'
import { link, neighbour } from '../rtnl/index.ts'
import { find } from './create-link.ts'
import { isPermanent } from './link-state.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, withRoute } from './target.ts'

export interface AddNeighbourSettings {
  /** The name of the link that it is reached by. */
  readonly link: string
  /** Its IPv4 or IPv6 address. */
  readonly address: string
  /** Its link-layer address: `02:00:00:00:00:01`. */
  readonly lladdr: string
  readonly netns?: NetnsTarget
}

/**
 * Says for good who a neighbour is, so that ARP or NDP need not ask (`ip neighbour add`). What was only learnt about it is replaced; an
 * entry that somebody made is EEXIST. Undone, it is deleted.
 */
export function addNeighbour({ link: name, address, lladdr, netns }: AddNeighbourSettings): Op<number> {
  const settings = (index: number) => ({ index, dst: address, lladdr })
  neighbour.add(settings(1))
  const known = async (route: Socket, index: number) =>
    (await route.request(neighbour.list({ index }))).find(({ dst }) => dst === address)
  return {
    summary: `add neighbour ${address} at ${lladdr} to ${name}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const { index } = await route.request(link.get(name))
        const learnt = await known(route, index)
        const replaceable = learnt !== undefined && !isPermanent(learnt)
        await route.request(replaceable ? neighbour.replace(settings(index)) : neighbour.add(settings(index)))
        return index
      }),
    undo: (index, context = {}) =>
      unless(
        ['ENOENT', 'ENODEV', 'ENXIO'],
        withRoute(netns, context, async (route) => {
          const entry = await known(route, index)
          if (entry?.lladdr === lladdr && isPermanent(entry)) await route.request(neighbour.delete(settings(index)))
        }),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const index = (await find(route, name))?.index
        const entry = index === undefined ? undefined : await known(route, index)
        return entry !== undefined && isPermanent(entry) && entry.lladdr === lladdr
      }),
  }
}

export interface AddForwardingSettings {
  /** The name of the link whose table it is: a tunnel (`dst` is then said), or a port of a bridge. */
  readonly link: string
  /** The station's Ethernet address; `00:00:00:00:00:00` is whoever is not known to a tunnel. */
  readonly lladdr: string
  /** The address of the far end of the tunnel behind which it is. */
  readonly dst?: string
  readonly netns?: NetnsTarget
}

/**
 * Says behind which far end of a tunnel, or which port of a bridge, a station is (`bridge fdb append`). A station that nobody has named
 * may have several far ends. Undone, the entry is deleted.
 */
export function addForwarding({ link: name, lladdr, dst, netns }: AddForwardingSettings): Op<number> {
  const owner = dst === undefined ? (['master'] as const) : (['self'] as const)
  const settings = (index: number) => ({ index, family: 'bridge' as const, lladdr, dst, flags: owner })
  neighbour.append(settings(1))
  return {
    summary: `forward ${lladdr} by ${name}${dst === undefined ? '' : ` to ${dst}`}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const { index } = await route.request(link.get(name))
        const add = /^(00:){5}00$/.test(lladdr) ? neighbour.append : neighbour.add
        await route.request(add(settings(index)))
        return index
      }),
    undo: (index, context = {}) =>
      unless(
        ['ENOENT', 'ENODEV'],
        withRoute(netns, context, (route) => route.request(neighbour.delete(settings(index)))),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const index = (await find(route, name))?.index
        if (index === undefined) return false
        const table = await route.request(neighbour.list({ family: 'bridge', index }))
        return table.some((entry) => entry.lladdr === lladdr && (dst === undefined || entry.dst === dst))
      }),
  }
}
