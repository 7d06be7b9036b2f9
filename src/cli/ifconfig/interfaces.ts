import { address as addresses, link } from '../../rtnl/index.ts'
import type { Tool } from '../nettools/index.ts'

export type Link = link.Link
export type Address = addresses.Address

/** A name that ioctls know: a link, or a label of one of its IPv4 addresses (`eth0:1`, an alias). */
export interface Interface {
  readonly name: string
  readonly link: Link
  /** The first IPv4 address of that label. */
  readonly inet: Address | undefined
  readonly inet6: readonly Address[]
}

/** All interfaces, by name as people count: v2 before v10. */
export function listInterfaces({ route }: Tool): Interface[] {
  const inet = [...route.each(addresses.list({ family: 'inet' }))]
  const inet6 = [...route.each(addresses.list({ family: 'inet6' }))]
  const found = [...route.each(link.list({ stats: true }))].flatMap((one) => {
    const own = inet.filter(({ index }) => index === one.index)
    const labels = new Set(own.map(({ label }) => label).filter((label) => label !== undefined && label !== one.name))
    const names = [one.name ?? '', ...(labels as Set<string>)]
    return names.map((name, i) => ({
      name,
      link: one,
      inet: own.find(({ label }) => label === name),
      inet6: i === 0 ? inet6.filter(({ index }) => index === one.index) : [],
    }))
  })
  return found.sort((a, b) => compareNames(a.name, b.name))
}

/** One interface by name; undefined where there is no such link. An alias without an address is there, too. */
export function findInterface(name: string, tool: Tool): Interface | undefined {
  const all = listInterfaces(tool)
  const found = all.find((one) => one.name === name)
  if (found !== undefined || !name.includes(':')) return found
  const parent = all.find((one) => one.name === linkName(name))
  return parent === undefined ? undefined : { name, link: parent.link, inet: undefined, inet6: [] }
}

/** The link that an alias is of. */
export function linkName(name: string): string {
  return name.replace(/:.*/, '')
}

function compareNames(a: string, b: string): number {
  const [as, bs] = [a, b].map((name) => name.split(/(\d+)/)) as [string[], string[]]
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    const [x = '', y = ''] = [as[i], bs[i]]
    if (x === y) continue
    if (i % 2 === 1 && x !== '' && y !== '') return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return 0
}
