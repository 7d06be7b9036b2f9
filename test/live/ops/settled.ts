import { type Op, setSysctl, waitForAddress, waitForLink, withRoute } from '../../../src/ops/index.ts'

/** Links that come into being from then on need not find out for a second whether somebody else has their IPv6 address. */
export function trustAddresses(netns?: string): Op {
  return setSysctl('net.ipv6.conf.default.accept_dad', 0, { netns }) as Op
}

/** Even an address that need not be tried out is ready only when a worker of the kernel has had the RTNL lock (addrconf_dad_work). */
const timeout = 20_000

/** The kernel has noticed the carrier of a link, and made its address: what changes from now on was done by somebody. */
export async function settled(name: string, netns?: string): Promise<void> {
  await withRoute(netns, {}, async (route) => {
    await waitForLink(route, { name, operstate: 'up' }, { timeout })
    await waitForAddress(route, { link: name, family: 'inet6', scope: 'link' }, { timeout })
  })
}
