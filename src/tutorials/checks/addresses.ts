import { readSysctl, withRoute } from '../../ops/index.ts'
import { address as addresses, link, neighbour, route as routes } from '../../rtnl/index.ts'
import type { Check } from '../tutorial.ts'
import { namespaceAt, type Wording, words } from './place.ts'

/** A link has an address, with this broadcast address where one is said. */
export function hasAddress(
  name: string,
  wanted: { readonly address: string; readonly broadcast?: string },
  wording: Wording,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withRoute(namespaceAt(wording.netns), {}, async (route) => {
        const { index, flags } = await route.request(link.get(name), { signal })
        const found = await route.request(addresses.list({ index, family: 'inet' }), { signal })
        const entry = found.find(({ address }) => address === wanted.address)
        const passed = entry !== undefined && (wanted.broadcast === undefined || entry.broadcast === wanted.broadcast)
        const texts = found.map(
          ({ address, broadcast }) => `${address}${broadcast === undefined ? '' : ` brd ${broadcast}`}`,
        )
        return { passed, found: `${name} is ${flags.includes('up') ? 'up' : 'down'} with ${words(texts)}` }
      })
    },
  }
}

/** The main table has a route of this destination, by this gateway and link where they are said. */
export function hasRoute(
  wanted: { readonly dst: string; readonly via?: string; readonly link?: string },
  wording: Wording,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withRoute(namespaceAt(wording.netns), {}, async (route) => {
        const names = new Map((await route.request(link.list(), { signal })).map(({ index, name }) => [index, name]))
        const found = await route.request(routes.list({ family: 'inet', table: 254 }), { signal })
        const passed = found.some(
          ({ dst, via, oif }) =>
            dst === wanted.dst &&
            (wanted.via === undefined || via === wanted.via) &&
            (wanted.link === undefined || names.get(oif ?? 0) === wanted.link),
        )
        const text = ({ dst, via, oif }: routes.Route) =>
          `${dst}${via === undefined ? '' : ` via ${String(via)}`} dev ${names.get(oif ?? 0)}`
        return { passed, found: `routes: ${words(found.map(text))}` }
      })
    },
  }
}

/** Which IPv4 neighbours are known, with their Ethernet addresses, and which are not. */
export function neighboursAre(
  { known = [], unknown = [] }: { readonly known?: readonly string[]; readonly unknown?: readonly string[] },
  wording: Wording,
): Check {
  return {
    ...wording,
    async run({ signal }) {
      const all = await withRoute(namespaceAt(wording.netns), {}, (route) =>
        route.request(neighbour.list({ family: 'inet' }), { signal }),
      )
      const found = new Map(all.filter(({ lladdr }) => lladdr !== undefined).map(({ dst, lladdr }) => [dst, lladdr]))
      const passed = known.every((address) => found.has(address)) && !unknown.some((address) => found.has(address))
      return { passed, found: `neighbours: ${words([...found].map(([dst, lladdr]) => `${dst} at ${lladdr}`))}` }
    },
  }
}

/** A kernel parameter has a value. */
export function sysctlIs(name: string, value: string, wording: Wording): Check {
  return {
    ...wording,
    async run() {
      const found = readSysctl(name, { netns: namespaceAt(wording.netns) })
      return { passed: found === value, found: `${name} = ${found}` }
    },
  }
}
