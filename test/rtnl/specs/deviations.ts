const NETWORK_ORDER = 'the kernel reads and writes it in network byte order'
const BYTE = 'the kernel puts it as a byte (nla_put_u8) and takes it as one (nla_get_u8)'
const BRIDGE_ID = 'struct ifla_bridge_id has the priority as two bytes, the high one first'
const SHARED = 'the attribute exists (include/uapi/linux/if_tunnel.h: the numbers are shared with the other tunnels)'
const PORT = 'IFLA_PORT_*, include/uapi/linux/if_link.h: the spec leaves these sets out'
const NEWER = 'newer kernels have it (include/uapi/linux/if_link.h); the spec is older'

const BRIDGE_PORT_FLAGS = [
  ...['mode', 'guard', 'protect', 'fast-leave', 'learning', 'unicast-flood', 'proxyarp', 'learning-sync'],
  ...['proxyarp-wifi', 'mcast-flood', 'mcast-to-ucast', 'vlan-tunnel', 'bcast-flood', 'neigh-suppress', 'isolated'],
  ...['mrp-ring-open', 'mrp-in-open', 'locked', 'mab', 'neigh-vlan-suppress'],
]

/** Where our tables say otherwise than the kernel's specs, by place, and why. */
export const deviations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'rt-addr': {},
  'rt-route': {
    'route-attrs.cacheinfo.rta-expires': '__s32 in struct rta_cacheinfo: negative once it has passed',
    'route-attrs.sport': `${NETWORK_ORDER} (net/ipv4/route.c)`,
    'route-attrs.dport': `${NETWORK_ORDER} (net/ipv4/route.c)`,
  },
  'rt-neigh': {
    'neighbour-attrs.unspec': 'NDA_UNSPEC is no attribute',
    'neighbour-attrs.port': `${NETWORK_ORDER} (drivers/net/vxlan/vxlan_core.c)`,
  },
  'rt-rule': {
    'fib-rule-attrs.dst': 'an address of either family: 16 bytes for IPv6; iproute2 sends none for "all"',
    'fib-rule-attrs.src': 'an address of either family: 16 bytes for IPv6; iproute2 sends none for "all"',
    'fib-rule-attrs.tun-id': `${NETWORK_ORDER} (net/core/fib_rules.c, nla_put_be64)`,
  },
  'rt-link': {
    ...Object.fromEntries(BRIDGE_PORT_FLAGS.map((name) => [`linkinfo-brport-attrs.${name}`, BYTE])),
    'link-attrs.wireless': 'struct iw_event, not text',
    'link-attrs.protinfo': 'attributes of the family of the message',
    'link-attrs.proto-down-reason': 'a nest of IFLA_PROTO_DOWN_REASON_MASK and _VALUE',
    'link-attrs.+headroom': NEWER,
    'link-attrs.+tailroom': NEWER,
    'linkinfo-bond-attrs.arp-ip-target': 'an IPv4 address, and read as one',
    'linkinfo-bond-attrs.+broadcastNeigh': NEWER,
    'bond-slave-attrs.+actorPortPrio': NEWER,
    'bond-slave-attrs.+adChurnActorState': NEWER,
    'bond-slave-attrs.+adChurnPartnerState': NEWER,
    'linkinfo-bridge-attrs.bridge-id.prio': BRIDGE_ID,
    'linkinfo-bridge-attrs.root-id.prio': BRIDGE_ID,
    'linkinfo-brport-attrs.bridge-id.prio': BRIDGE_ID,
    'linkinfo-brport-attrs.root-id.prio': BRIDGE_ID,
    'linkinfo-bridge-attrs.vlan-protocol': `${NETWORK_ORDER} (net/bridge/br_netlink.c, nla_put_be16)`,
    'linkinfo-gre6-attrs.+tos': SHARED,
    'linkinfo-gre6-attrs.+pmtudisc': SHARED,
    'linkinfo-gre6-attrs.+ignoreDf': SHARED,
    'linkinfo-ip6tnl-attrs.+tos': SHARED,
    'linkinfo-ip6tnl-attrs.+pmtudisc': SHARED,
    'linkinfo-ip6tnl-attrs.flags': 'IP6_TNL_F_*, in host byte order (net/ipv6/ip6_tunnel.c, nla_put_u32)',
    'vf-ports-attrs.+port': PORT,
    ...Object.fromEntries(
      ['vf', 'profile', 'vsiType', 'instanceUuid', 'hostUuid', 'request', 'response'].map((name) => [
        `port-self-attrs.+${name}`,
        PORT,
      ]),
    ),
    'vf-vlan-attrs.info.vlan-proto': 'struct ifla_vf_vlan_info has it as __be16',
    'vfinfo-attrs.ib-node-guid.guid': 'struct ifla_vf_guid aligns its 64 bits',
    'vfinfo-attrs.ib-port-guid.guid': 'struct ifla_vf_guid aligns its 64 bits',
  },
}
