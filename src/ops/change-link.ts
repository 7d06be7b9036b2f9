import { asObject, checkRest, type Socket } from '../netlink/index.ts'
import { current } from '../netns/index.ts'
import { link } from '../rtnl/index.ts'
import { noticeCarriers } from './carrier.ts'
import { find } from './create-link.ts'
import { type LinkParameters, linkParameters, restoreParameters } from './link-parameters.ts'
import { isUp, type LinkState, linkState, restoreLink } from './link-state.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, nameOf, withNamespaceOf, withRoute } from './target.ts'

export interface LinkPlace {
  /** The link's name. */
  readonly link: string
  readonly netns?: NetnsTarget
}

/**
 * Brings a link up. Where that gives it a carrier, or the other end of a veth, or their bridges, the kernel has noticed that when this is
 * done, and packets pass. An IPv6 address is not tried out yet by then (`waitForAddress`). Undone, it is down again if it was, without the
 * addresses that the kernel gave it.
 */
export function setUp(place: LinkPlace): Op<LinkState> {
  return setState(place, true)
}

/** Takes a link down, and with it its routes and IPv6 addresses. Undone, it is up with those that it had. */
export function setDown(place: LinkPlace): Op<LinkState> {
  return setState(place, false)
}

function setState(place: LinkPlace, up: boolean): Op<LinkState> {
  const { link: name, netns, ...rest } = asObject(place)
  checkRest(rest)
  return settingLink({
    summary: `set ${name} ${up ? 'up' : 'down'}`,
    place: { link: name, netns },
    settings: { up },
    restore: restoreLink,
    isSet: (found) => isUp(found) === up,
  })
}

/** Sets the largest packet that a link sends, in bytes. Undone, it is what it was. */
export function setMtu(settings: LinkPlace & { readonly mtu: number }): Op<LinkState> {
  const { link: name, netns, mtu, ...rest } = asObject(settings)
  checkRest(rest)
  return settingLink({
    summary: `set MTU of ${name} to ${mtu}`,
    place: { link: name, netns },
    settings: { mtu },
    async restore(route, before) {
      const { index, mtu: old } = before.link
      await route.request(link.set({ index, mtu: old }))
      // Below 1280 bytes IPv6 leaves the link, addresses and all.
      await restoreLink(route, before)
    },
    isSet: (found) => found.mtu === mtu,
  })
}

interface LinkSetting {
  readonly summary: string
  readonly place: LinkPlace
  readonly settings: { readonly up?: boolean; readonly mtu?: number }
  restore(route: Socket, before: LinkState): Promise<void>
  isSet(found: link.Link): boolean
}

/** An op that sets something of a link. Where the link or its namespace is gone there is nothing to undo. */
function settingLink({ summary, place: { link: name, netns }, settings, restore, isSet }: LinkSetting): Op<LinkState> {
  const request = link.set({ name, ...settings })
  return {
    summary: `${summary}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const before = await linkState(route, (await route.request(link.get(name))).index)
        await route.request(request)
        if (settings.up !== undefined) await noticeCarriers(route, before.link.index, context)
        return before
      }),
    undo: (before, context = {}) =>
      unless(
        ['ENOENT', 'ENODEV'],
        withRoute(netns, context, (route) => restore(route, before)),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const found = await find(route, name)
        return found !== undefined && isSet(found)
      }),
  }
}

/** What attaching remembers: the link and the bridge as they were. */
export interface Attached {
  readonly port: LinkState
  readonly bridge: LinkState
}

export interface AttachSettings extends LinkPlace {
  /** The bridge's name; any master will do that takes links as ports. */
  readonly bridge: string
}

/**
 * Attaches a link to a bridge, as one of its ports; the bridge passes on what it receives when this is done, where both are up and the link
 * has a carrier (and the bridge does not try out first whether there are loops). Undone, it has the master that it had.
 *
 * A bridge takes the address of one of its ports and is left without any when the last one goes: undone, it gets back the address that it
 * had, and from then on keeps it.
 */
export function attachToBridge(settings: AttachSettings): Op<Attached> {
  const { link: name, bridge, netns, ...rest } = asObject(settings)
  checkRest(rest)
  return {
    summary: `attach ${name} to ${bridge}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const [port, master] = await Promise.all([route.request(link.get(name)), route.request(link.get(bridge))])
        const [before, bridgeBefore] = [await linkState(route, port.index), await linkState(route, master.index)]
        try {
          await route.request(link.set({ index: port.index, master: master.index }))
        } catch (error) {
          // The old master has let it go before the new one refused.
          await restoreLink(route, before)
          throw error
        }
        await noticeCarriers(route, port.index, context)
        return { port: before, bridge: bridgeBefore }
      }),
    undo: (before, context = {}) =>
      unless(
        ['ENOENT', 'ENODEV'],
        withRoute(netns, context, async (route) => {
          await restoreLink(route, before.port)
          const { index, address } = before.bridge.link
          const now = await route.request(link.get(index))
          if (address !== undefined && now.address !== address) await route.request(link.set({ index, address }))
          await restoreLink(route, before.bridge)
        }),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const [port, master] = [await find(route, name), await find(route, bridge)]
        return port !== undefined && master !== undefined && port.master === master.index
      }),
  }
}

export interface MoveSettings extends LinkPlace {
  /** The namespace that the link moves to. */
  readonly to: Exclude<NetnsTarget, undefined>
}

/** What moving remembers: the link as it was, and the index that it has in its new place. */
export interface Moved {
  readonly before: LinkState
  readonly parameters: LinkParameters
  readonly index: number
}

/**
 * Moves a link to another namespace. The kernel takes it down, from its bridge, and without addresses on the way. Undone, it is back with
 * what it had.
 */
export function moveToNetns(settings: MoveSettings): Op<Moved> {
  const { link: name, to, netns, ...rest } = asObject(settings)
  checkRest(rest)
  link.set({ name })
  return {
    summary: `move ${name}${netns === undefined ? '' : ` from ${nameOf(netns)}`} to ${nameOf(to)}`,
    do: (context = {}) =>
      withNamespaceOf(to, (target) =>
        withRoute(netns, context, async (route) => {
          const before = await linkState(route, (await route.request(link.get(name))).index)
          const parameters = linkParameters(netns, name)
          await route.request(link.set({ index: before.link.index, netNsFd: target!.fd }))
          const index = await withRoute(target, context, async (there) => (await there.request(link.get(name))).index)
          return { before, parameters, index }
        }),
      ),
    undo: ({ before, parameters, index }, context = {}) =>
      withNamespaceOf(netns, (home) =>
        withRoute(netns, context, async (route) => {
          using opened = home === undefined ? current() : undefined
          const moved = await unless(
            ['ENOENT'],
            withRoute(to, context, async (there) => {
              if ((await find(there, name))?.index !== index) return false
              const newIfindex = index === before.link.index ? undefined : before.link.index
              await there.request(link.set({ index, netNsFd: (home ?? opened)!.fd, newIfindex }))
              return true
            }),
          )
          if (moved !== true) return
          restoreParameters(netns, parameters)
          await restoreLink(route, before)
        }),
      ),
    async isDone(context = {}) {
      const there = await unless(
        ['ENOENT'],
        withRoute(to, context, (route) => find(route, name)),
      )
      return there !== undefined && (await withRoute(netns, context, (route) => find(route, name))) === undefined
    },
  }
}
