import type { Socket } from '../netlink/index.ts'
import { address as addresses, link } from '../rtnl/index.ts'
import { find } from './create-link.ts'
import { type LinkState, linkState, restoreAddresses } from './link-state.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, withRoute } from './target.ts'

export type AddAddressSettings = Omit<addresses.AddressInput, 'index' | 'address' | 'broadcast'> & {
  /** The link's name. */
  readonly link: string
  /** With the length of its prefix: `192.168.0.55/24`. */
  readonly address: string
  /** The other end of a point-to-point link. */
  readonly peer?: string
  /** `+` for the last address of the prefix. */
  readonly broadcast?: string
  readonly netns?: NetnsTarget
}

/** Gives a link an address. Undone, it has the addresses that it had. */
export function addAddress({ link: name, netns, ...settings }: AddAddressSettings): Op<LinkState> {
  const request = (index: number) => addresses.add({ ...settings, index })
  const wanted = request(1).value as Partial<addresses.Address>
  return {
    summary: `add address ${settings.address} to ${name}${inNetns(netns)}`,
    do: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const { index } = await route.request(link.get(name))
        const before = await linkState(route, index)
        await route.request(request(index))
        return before
      }),
    undo: (before, context = {}) =>
      unless(
        ['ENOENT', 'ENODEV'],
        withRoute(netns, context, (route) => takeBack(route, before, wanted)),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const index = (await find(route, name))?.index
        if (index === undefined) return false
        const has = await route.request(addresses.list({ index }))
        return has.some((entry) => isSame(entry, wanted))
      }),
  }
}

/** Takes the address from the link, and no other: those of the same subnet that went with it are given back. */
async function takeBack(route: Socket, before: LinkState, wanted: Partial<addresses.Address>): Promise<void> {
  const { index } = before.link
  const others = (await route.request(addresses.list({ index }))).filter((entry) => !isSame(entry, wanted))
  await unless(['EADDRNOTAVAIL'], route.request(addresses.delete({ ...wanted, index })))
  await restoreAddresses(route, { ...before, addresses: others })
}

function isSame(entry: addresses.Address, wanted: Partial<addresses.Address>): boolean {
  const own = (value: Partial<addresses.Address>) => value.local ?? hostOf(value.address)
  const broadcast = wanted.broadcast === undefined || wanted.broadcast === entry.broadcast
  return entry.family === wanted.family && own(entry) === own(wanted) && entry.address === wanted.address && broadcast
}

function hostOf(address: string | undefined): string | undefined {
  return address?.split('/')[0]
}
