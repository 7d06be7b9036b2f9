import { link } from '../../rtnl/index.ts'
import { addAddress } from '../address.ts'
import { setUp } from '../change-link.ts'
import { createLink } from '../create-link.ts'
import { allowForward, deleteRulesOf, masquerade } from '../firewall/index.ts'
import { enableForwarding } from '../forwarding.ts'
import { unless } from '../missing.ts'
import { type Op, plan } from '../op.ts'
import { readSysctl, writeSysctl } from '../sysctl.ts'
import { type Context, withRoute } from '../target.ts'
import { describe } from './alias.ts'
import { parseSubnet, type Subnet } from './subnet.ts'

export interface ContainerNetwork {
  /** The name of its bridge; `ipts0` unless told. */
  readonly bridge?: string
  /** `172.18.0.0/16` unless told. */
  readonly subnet?: string
}

/** What a bridge says of itself, in its alias: so that whoever comes later knows it, and what to put back when it goes. */
const ALIAS = /^ipts network (\S+) forwarding (\d)$/

/** The bridge's network, as it is or as it is wanted; undefined where there is no such bridge. */
export async function networkOf(bridge: string, context: Context = {}): Promise<Subnet | undefined> {
  return await withRoute(undefined, context, async (route) => {
    const found = await unless(['ENODEV'], route.request(link.get(bridge)))
    if (found === undefined) return undefined
    const subnet = ALIAS.exec(found.alias ?? '')?.[1]
    if (found.linkinfo?.kind !== 'bridge' || subnet === undefined) {
      throw new RangeError(`${bridge} is there, and is no network of containers`)
    }
    return parseSubnet(subnet)
  })
}

const ownerOf = (bridge: string) => `network ${bridge}`

/** Makes the bridge, gives it the gateway's address, and opens the way from it to everywhere and back. */
export function makingNetwork(bridge: string, subnet: Subnet): Op<readonly unknown[]> {
  const before = readSysctl('net.ipv4.ip_forward')
  const owner = ownerOf(bridge)
  return plan(`create network ${bridge}`, [
    createLink({ name: bridge, kind: 'bridge', address: stationOf(subnet.gateway) }),
    describe(bridge, `ipts network ${subnet.text} forwarding ${before}`),
    addAddress({ link: bridge, address: `${subnet.gateway}/${subnet.length}`, broadcast: '+' }),
    setUp({ link: bridge }),
    enableForwarding(),
    masquerade({ source: subnet.text, notOut: bridge, owner }),
    allowForward({ in: bridge, first: true, owner }),
    allowForward({ out: bridge, states: ['established', 'related'], first: true, owner }),
  ])
}

/**
 * A bridge that was given no Ethernet address takes one of its ports', and another when that port goes: then its containers would know a gateway
 * that is not there any more.
 */
function stationOf(gateway: string): string {
  const bytes = gateway.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  return ['02', '42', ...bytes].join(':')
}

/** Takes a network away that no container is in any more. */
export async function dissolveNetwork(bridge: string, context: Context = {}): Promise<void> {
  const forwarding = await withRoute(undefined, context, async (route) => {
    const found = await unless(['ENODEV'], route.request(link.get(bridge)))
    const before = ALIAS.exec(found?.alias ?? '')?.[2]
    if (found === undefined || before === undefined) return undefined
    const ports = await route.request(link.list({ master: found.index }))
    if (ports.length > 0) return undefined
    await unless(['ENODEV'], route.request(link.delete({ index: found.index })))
    return before
  })
  if (forwarding === undefined) return
  await deleteRulesOf(ownerOf(bridge))
  if (readSysctl('net.ipv4.ip_forward') !== forwarding) writeSysctl('net.ipv4.ip_forward', forwarding)
}
