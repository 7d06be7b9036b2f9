import { link, route as routes } from '../rtnl/index.ts'
import { find } from './create-link.ts'
import { holds, saidBack } from './holds.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, withRoute } from './target.ts'

export type AddRouteSettings = Omit<routes.RouteInput, 'oif' | 'dst' | 'via'> & {
  /** `10.1.0.0/16`, or `default`. */
  readonly dst: string
  /** The gateway. */
  readonly via?: string
  /** The name of the link to send by; the kernel finds the one that leads to the gateway. */
  readonly link?: string
  readonly netns?: NetnsTarget
}

/** Adds a route. Undone, it is deleted. */
export function addRoute({ link: name, netns, ...settings }: AddRouteSettings): Op<number | undefined> {
  const request = (oif: number | undefined) => routes.add({ ...settings, oif } as routes.RouteSettings)
  request(1)
  const through = `${settings.via === undefined ? '' : ` via ${settings.via}`}${name === undefined ? '' : ` dev ${name}`}`
  return {
    summary: `add route ${settings.dst}${through}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const oif = name === undefined ? undefined : (await route.request(link.get(name))).index
        await route.request(request(oif))
        return oif
      }),
    undo: (oif, context = {}) =>
      unless(
        // The route, its link or its namespace is gone.
        ['ESRCH', 'ENODEV', 'ENOENT'],
        withRoute(netns, context, (route) =>
          route.request(routes.delete({ ...settings, oif } as routes.RouteSettings)),
        ),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const index = name === undefined ? undefined : (await find(route, name))?.index
        if (name !== undefined && index === undefined) return false
        const wanted = saidBack<routes.Route>(request(index))
        const compared = [...Object.keys(settings), 'oif'].filter((key) => key !== 'table') as (keyof routes.Route)[]
        const table = settings.table ?? 254
        const all = await route.request(routes.list({ family: wanted.family, oif: index }))
        return all.some((entry) => entry.table === table && compared.every((key) => holds(entry[key], wanted[key])))
      }),
  }
}
