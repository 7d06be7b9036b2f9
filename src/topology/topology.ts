/** A link, and what of it a picture shows. */
export interface TopologyLink {
  readonly index: number
  readonly name: string
  /** IFLA_INFO_KIND; undefined for hardware and loopback. */
  readonly kind: string | undefined
  readonly up: boolean
  readonly mtu: number
  /** With prefix lengths; those that the kernel makes for itself (link-local, loopback) left out. */
  readonly addresses: readonly string[]
  /** The bridge, bond or VRF that it is a port of. */
  readonly master: number | undefined
  /** The link of the same namespace that it sits on, as a VLAN does. */
  readonly on: number | undefined
}

/** A network namespace, which in these networks stands for a host. */
export interface TopologyNamespace {
  readonly name: string
  /** In the order of their indexes. */
  readonly links: readonly TopologyLink[]
}

/** One end of a wire: positions in `namespaces`, and the link's index there. */
export interface WireEnd {
  readonly namespace: number
  readonly link: number
}

/** What joins two links: a veth pair, or a link that sits on one of another namespace, as a macvlan given to a container. */
export interface Wire {
  readonly kind: string
  readonly ends: readonly [WireEnd, WireEnd]
}

export interface Topology {
  readonly namespaces: readonly TopologyNamespace[]
  readonly wires: readonly Wire[]
}

/** The ports of a link, which are drawn inside it. */
export function portsOf({ links }: TopologyNamespace, { index }: TopologyLink): readonly TopologyLink[] {
  return links.filter(({ master }) => master === index)
}

/** A link in one line: name, kind (but for a veth, whose wire says it), addresses, and whether it is down. */
export function caption(link: TopologyLink, namespace: TopologyNamespace): string {
  const lower = namespace.links.find(({ index }) => index === link.on)
  const what = [
    link.name,
    link.kind === undefined || link.kind === 'veth'
      ? ''
      : `(${link.kind}${lower === undefined ? '' : ` on ${lower.name}`})`,
    ...link.addresses,
    link.up ? '' : 'down',
  ]
  return what.filter((word) => word !== '').join(' ')
}
