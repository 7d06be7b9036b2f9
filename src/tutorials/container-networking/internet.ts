import {
  addAddress,
  addRoute,
  createNetns,
  enableForwarding,
  joinOverlay,
  setMtu,
  setUp,
  stationOf,
} from '../../ops/index.ts'
import { answers, fetches, hasRoute, isSilent, linkIs, neighboursAre } from '../checks/index.ts'
import type { Doing, Step } from '../tutorial.ts'
import { creating, type Host, withContainers } from './hosts.ts'

const ROUTER = 'internet'

/** The table of hosts: what etcd, consul or a database holds for the tools that the document names. */
const A: Host = {
  name: 'host-a',
  host: '198.51.100.11',
  port: { name: 'to-a', netns: ROUTER },
  containers: '10.0.1.0/24',
  gateway: '10.0.1.1',
  container: { name: 'a1', ip: '10.0.1.2' },
}
const B: Host = {
  name: 'host-b',
  host: '203.0.113.12',
  port: { name: 'to-b', netns: ROUTER },
  containers: '10.0.2.0/24',
  gateway: '10.0.2.1',
  container: { name: 'b1', ip: '10.0.2.2' },
}
const HOSTS = [A, B]
const VXLAN = 'vxlan0'
const ID = 42
/** 20 bytes of IP, 8 of UDP, 8 of VXLAN, 14 of Ethernet. */
const OVERHEAD = 50
const MTU = 1500 - OVERHEAD

const aToB = { command: 'ip netns exec a1 ping 10.0.2.2', netns: A.container.name }
const endOf = ({ containers }: Host) => containers.split('/')[0]!
const routerOf = ({ host }: Host) => host.replace(/\d+$/, '1')

/** A host of the table, on the internet. */
const connecting = (host: Host): Doing[] => [
  ...creating(host),
  {
    command: `ip -n internet addr add ${routerOf(host)}/24 dev ${host.port.name}`,
    op: addAddress({ link: host.port.name, address: `${routerOf(host)}/24`, netns: ROUTER }),
  },
  {
    command: `ip -n internet link set ${host.port.name} up`,
    op: setUp({ link: host.port.name, netns: ROUTER }),
  },
  {
    command: `ip -n ${host.name} route add default via ${routerOf(host)}`,
    op: addRoute({ dst: 'default', via: routerOf(host), netns: host.name }),
  },
]

/** What a person would type for each step of the overlay. */
const joining = (self: Host): Doing[] => {
  const commands = [
    `link add vxlan0 address ${stationOf(self)} type vxlan id ${ID} local ${self.host} dev eth0 dstport 4789 nolearning`,
    `addr add ${endOf(self)}/32 dev vxlan0`,
    'link set vxlan0 up',
    ...HOSTS.filter((other) => other !== self).flatMap((other) => [
      `neigh add ${endOf(other)} lladdr ${stationOf(other)} dev vxlan0`,
      `bridge fdb add ${stationOf(other)} dst ${other.host} dev vxlan0`,
      `route add ${other.containers} via ${endOf(other)} dev vxlan0 onlink`,
    ]),
  ]
  const { steps = [] } = joinOverlay({ name: VXLAN, id: ID, on: 'eth0', self, hosts: HOSTS, netns: self.name })
  return steps.map((op, i) => {
    const words = commands[i]!
    const command = words.startsWith('bridge')
      ? words.replace('bridge', `bridge -n ${self.name}`)
      : `ip -n ${self.name} ${words}`
    return { command, op }
  })
}

/** Containers on several hosts that only the internet connects. */
export const internet: readonly Step[] = [
  {
    title: 'Several hosts on the internet: create the internet',
    why:
      'The internet is a namespace that is a router, and the hosts are in different networks behind it. A router has never ' +
      'heard of the private addresses of containers, and will not carry a packet that is for one.',
    anew: true,
    actions: [
      { command: 'ip netns add internet', op: createNetns(ROUTER) },
      {
        command: 'ip netns exec internet sysctl -w net.ipv4.ip_forward=1',
        op: enableForwarding({ netns: ROUTER }),
      },
      ...HOSTS.flatMap(connecting),
    ],
    checks: [
      answers(B.host, {
        command: 'ip netns exec host-a ping 203.0.113.12',
        proves: 'the hosts reach each other through the router',
        netns: A.name,
      }),
    ],
  },
  withContainers(
    HOSTS,
    'The same containers as at the switch. This time a route to the other host will not do: that host is not a neighbour, and ' +
      'the router in between would have to know the way as well.',
    isSilent(B.container.ip, { ...aToB, proves: 'the internet does not carry what is for 10.0.2.2' }),
  ),
  {
    title: 'Lay an overlay over the internet',
    why:
      'VXLAN packs each Ethernet frame of one network into a UDP packet of another: the router sees two hosts that talk to each ' +
      'other by UDP. Every host gets, for every other in the table, a route to its containers, the Ethernet address of its end of ' +
      'the tunnel (a neighbour), and the IP address at which that end is found (a forwarding entry). So nothing need be learnt or ' +
      'asked by flooding, which the internet would not carry either.',
    actions: HOSTS.flatMap(joining),
    checks: [
      hasRoute(
        { dst: B.containers, via: endOf(B), link: VXLAN },
        {
          command: 'ip -n host-a route',
          proves: 'host-a sends into the tunnel what is for the containers of host-b',
          netns: A.name,
        },
      ),
      neighboursAre(
        { known: [endOf(B)] },
        {
          command: 'ip -n host-a neigh show dev vxlan0',
          proves: 'it knows the other end without asking',
          netns: A.name,
        },
      ),
      answers(B.container.ip, { ...aToB, proves: 'a container on one host reaches one on the other' }),
    ],
  },
  {
    title: 'Leave room for the tunnel',
    why:
      'A packet of 1500 bytes does not fit into a packet of 1500 bytes: the tunnel adds 50. The kernel has given vxlan0 an MTU of ' +
      '1450 for that. The containers get the same, so that they send nothing that has to be sent back to them as too large.',
    actions: HOSTS.map(({ container }) => ({
      command: `ip -n ${container.name} link set eth0 mtu ${MTU}`,
      op: setMtu({ link: 'eth0', mtu: MTU, netns: container.name }),
    })),
    checks: [
      ...[
        ['vxlan0', A.name],
        ['eth0', A.container.name],
      ].map(([link, netns]) =>
        linkIs(
          link!,
          { what: `of an MTU of ${MTU}`, when: ({ mtu }) => mtu === MTU },
          { command: `ip -n ${netns} link show ${link}`, proves: `${link} of ${netns} leaves room`, netns },
        ),
      ),
      answers(B.container.ip, {
        command: `ip netns exec a1 ping -s ${MTU - 28} 10.0.2.2`,
        size: MTU - 28,
        proves: 'the largest packet that there may be passes, whole',
        netns: A.container.name,
      }),
      ...[
        [A, B],
        [B, A],
      ].map(([from, to]) =>
        fetches(
          {
            server: { netns: to!.container.name, port: 80 },
            to: { address: to!.container.ip, port: 80 },
            seenAs: from!.container.ip,
          },
          {
            command: `ip netns exec ${from!.container.name} curl http://${to!.container.ip}/`,
            proves: `${from!.container.name} gets a page from ${to!.container.name}, who sees the container itself`,
            netns: from!.container.name,
          },
        ),
      ),
    ],
  },
]
