import { isIPv4 } from 'node:net'
import { InvalidValueError } from '../libc/index.ts'
import { addAddress } from './address.ts'
import { setUp } from './change-link.ts'
import { createLink } from './create-link.ts'
import { addForwarding, addNeighbour } from './neighbour.ts'
import { type Op, plan } from './op.ts'
import { addRoute } from './route.ts'
import { inNetns, type NetnsTarget } from './target.ts'

/** A host that takes part in an overlay: one row of the table that all of them have. */
export interface OverlayHost {
  /** The host's own IPv4 address, to which the others send. */
  readonly host: string
  /** The network of its containers: `10.0.2.0/24`. */
  readonly containers: string
}

export interface OverlaySettings {
  /** The name of the vxlan link that is created. */
  readonly name: string
  /** The number of the virtual network, the same on all hosts: 0 to 2^24 - 1. */
  readonly id: number
  /** The name of the link that leads to the other hosts. */
  readonly on: string
  /** This host. */
  readonly self: OverlayHost
  /** All hosts; this one may be among them. */
  readonly hosts: readonly OverlayHost[]
  /** UDP port, 4789 (RFC 7348) unless told. */
  readonly port?: number
  readonly netns?: NetnsTarget
}

/**
 * Takes a host into an overlay network: a vxlan link that learns nothing and floods nothing, for the table says all there is to know. Of
 * every other host it gets a route to its containers, the Ethernet address of its end of the tunnel, and the address that this is reached
 * at, as flannel's vxlan backend does. Undone, the link is deleted, and all that with it.
 *
 * A packet grows by 50 bytes: the link's MTU is that much less than that of the link below, and the containers' should be too, where
 * packets that are too large are not reported back to them.
 * @throws InvalidValueError for a host that is no IPv4 address
 */
export function joinOverlay({
  name,
  id,
  on,
  self,
  hosts,
  port = 4789,
  netns,
}: OverlaySettings): Op<readonly unknown[]> {
  const others = hosts.filter(({ host }) => host !== self.host)
  return plan(`join overlay ${id} by ${name}${inNetns(netns)}`, [
    createLink(
      {
        name,
        kind: 'vxlan',
        address: stationOf(self),
        data: { id, local: self.host, port, learning: false },
        on,
      },
      netns,
    ),
    addAddress({ link: name, address: `${gatewayOf(self)}/32`, netns }),
    setUp({ link: name, netns }),
    ...others.flatMap((other) => [
      addNeighbour({ link: name, address: gatewayOf(other), lladdr: stationOf(other), netns }),
      addForwarding({ link: name, lladdr: stationOf(other), dst: other.host, netns }),
      addRoute({ dst: other.containers, via: gatewayOf(other), link: name, flags: ['onlink'], netns }),
    ]),
  ])
}

/** The first address of a host's containers, that of the network itself, is its end of the tunnel. */
function gatewayOf({ containers }: OverlayHost): string {
  return containers.split('/')[0]!
}

/** A locally administered Ethernet address that every host can work out by itself. */
export function stationOf({ host }: OverlayHost): string {
  if (!isIPv4(host)) throw new InvalidValueError(`not an IPv4 address: ${JSON.stringify(host)}`)
  const bytes = host.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  return ['0a', '58', ...bytes].join(':')
}
