import {
  addAddress,
  addRoute,
  allowForward,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  enableForwarding,
  moveToNetns,
  setForwardPolicy,
  setUp,
} from '../../ops/index.ts'
import {
  answers,
  bridgedIsFiltered,
  fetches,
  hasAddress,
  hasRoute,
  isSilent,
  linksAre,
  namespacesExist,
  OUTSIDE,
  portsOf,
} from '../checks/index.ts'
import type { Check, Step } from '../tutorial.ts'
import { FAR, NOT_A_ROUTER, UPLINK } from './names.ts'
import { openingTheWay } from './way-out.ts'

const ONE = { netns: 'ns1', link: 'veth_1', port: 'veth1', ip: '10.0.0.2', address: '10.0.0.2/24' }
const TWO = { netns: 'ns2', link: 'veth_2', port: 'veth2', ip: '10.0.0.3', address: '10.0.0.3/24' }
const CONTAINERS = [ONE, TWO]
const BRIDGE = { link: 'br0', ip: '10.0.0.1', address: '10.0.0.1/24' }

const oneToTwo = { command: 'sudo ip netns exec ns1 ping 10.0.0.3', netns: ONE.netns }

/** The one outcome where bridged packets pass through the chain FORWARD, the other where they do not. */
const unlessFiltered: Check = {
  ...oneToTwo,
  proves:
    'where bridged packets pass through FORWARD too (bridge-nf-call-iptables), not even ns1 and ns2 reach each other',
  run: (context) => (bridgedIsFiltered() ? isSilent : answers)(TWO.ip, { ...oneToTwo, proves: '' }).run(context),
}

/** Several containers on one host. */
export const multi: readonly Step[] = [
  {
    title: 'Several containers: create their namespaces',
    why:
      'The document begins anew, and so does the host. Parts of an application that talk to each other each get a container of ' +
      'their own.',
    anew: true,
    actions: CONTAINERS.map(({ netns }) => ({ command: `sudo ip netns add ${netns}`, op: createNetns(netns) })),
    checks: [namespacesExist([ONE.netns, TWO.netns], { command: 'ip netns list', proves: 'both have their names' })],
  },
  {
    title: 'Create a bridge and a cable for each container',
    why: 'All that is needed, made at one go, and all of it down.',
    actions: [
      { command: 'sudo ip link add name br0 type bridge', op: createBridge({ name: BRIDGE.link }) },
      ...CONTAINERS.map(({ port, link }) => ({
        command: `sudo ip link add name ${port} type veth peer ${link}`,
        op: createVethPair({ name: port, peer: { name: link } }),
      })),
    ],
    checks: [
      linksAre(
        { present: [BRIDGE.link, ONE.port, ONE.link, TWO.port, TWO.link] },
        { command: 'ip link', proves: 'the host has a bridge and four ends of cables' },
      ),
    ],
  },
  {
    title: 'Put an end into each container, and give out addresses',
    why:
      'The ends that stay on the host need no address: they are to be ports of the bridge, and a port only passes on. The bridge ' +
      'has one, as a link of the host, and it is the gateway of all containers.',
    actions: [
      ...CONTAINERS.map(({ netns, link }) => ({
        command: `sudo ip link set dev ${link} netns ${netns}`,
        op: moveToNetns({ link, to: netns }),
      })),
      {
        command: 'sudo ip addr add 10.0.0.1/24 dev br0',
        op: addAddress({ link: BRIDGE.link, address: BRIDGE.address }),
      },
      ...CONTAINERS.map(({ netns, link, address }) => ({
        command: `sudo ip -n ${netns} addr add ${address} dev ${link}`,
        op: addAddress({ link, address, netns }),
      })),
    ],
    checks: [
      hasAddress(BRIDGE.link, BRIDGE, { command: 'ip addr show br0', proves: 'the bridge has its address' }),
      ...CONTAINERS.map(({ netns, link, address }) =>
        hasAddress(
          link,
          { address },
          { command: `sudo ip -n ${netns} addr`, proves: `${netns} has its address`, netns },
        ),
      ),
    ],
  },
  {
    title: 'Plug the cables into the bridge, and bring all up',
    why: 'A link becomes a port by getting the bridge as its master, as one plugs a cable into a switch.',
    actions: [
      ...CONTAINERS.map(({ port }) => ({
        command: `sudo ip link set dev ${port} master br0`,
        op: attachToBridge({ link: port, bridge: BRIDGE.link }),
      })),
      ...[BRIDGE.link, ONE.port, TWO.port].map((link) => ({
        command: `sudo ip link set dev ${link} up`,
        op: setUp({ link }),
      })),
      ...CONTAINERS.map(({ netns, link }) => ({
        command: `sudo ip -n ${netns} link set dev ${link} up`,
        op: setUp({ link, netns }),
      })),
    ],
    checks: [
      portsOf(BRIDGE.link, [ONE.port, TWO.port], { command: 'bridge link', proves: 'both are ports, and forward' }),
      answers(TWO.ip, { ...oneToTwo, proves: 'ns1 reaches ns2' }),
    ],
  },
  {
    title: 'Make the bridge the gateway',
    why: 'By way of the bridge the containers reach the host, and every address that it has.',
    actions: CONTAINERS.map(({ netns, link }) => ({
      command: `sudo ip -n ${netns} route add default via 10.0.0.1 dev ${link}`,
      op: addRoute({ dst: 'default', via: BRIDGE.ip, link, netns }),
    })),
    checks: CONTAINERS.flatMap(({ netns, link }) => [
      hasRoute(
        { dst: 'default', via: BRIDGE.ip, link },
        { command: `sudo ip -n ${netns} route`, proves: `${netns} sends everything else to the host`, netns },
      ),
      answers(UPLINK, {
        command: `sudo ip netns exec ${netns} ping 172.17.0.2`,
        proves: `${netns} reaches the address of eth0`,
        netns,
      }),
    ]),
  },
  {
    title: 'A host that passes on what it is told to, and nothing else',
    why:
      'As before: a router whose firewall drops what no rule lets through. Here that has a consequence that surprises many: a ' +
      'kernel may have bridged packets pass through iptables, and then what goes from port to port needs a rule as well.',
    actions: [
      { command: 'sudo sysctl -w net.ipv4.ip_forward=1', op: enableForwarding(), correction: NOT_A_ROUTER },
      {
        command: 'sudo iptables -P FORWARD DROP',
        op: setForwardPolicy('drop'),
        correction: 'Without it the ACCEPT rules of the document would change nothing.',
      },
    ],
    checks: [
      isSilent(FAR, {
        command: 'sudo ip netns exec ns1 ping 8.8.8.8',
        proves: 'no container reaches the internet',
        netns: ONE.netns,
      }),
      unlessFiltered,
    ],
  },
  {
    title: 'Open the way to the internet, and to each other',
    why:
      'The three rules of the document are those of the single container, with the bridge in the place of the cable. What goes ' +
      'from container to container takes a fourth.',
    actions: [
      ...openingTheWay('br0'),
      {
        command: 'sudo iptables -I FORWARD -i br0 -o br0 -j ACCEPT',
        op: allowForward({ in: BRIDGE.link, out: BRIDGE.link, first: true }),
        correction: 'The document lets nothing through from container to container.',
      },
    ],
    checks: [
      answers(TWO.ip, { ...oneToTwo, proves: 'ns1 reaches ns2' }),
      ...CONTAINERS.map(({ netns }) =>
        answers(FAR, {
          command: `sudo ip netns exec ${netns} ping 8.8.8.8`,
          proves: `${netns} reaches the internet`,
          netns,
        }),
      ),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 }, seenAs: UPLINK },
        {
          command: 'sudo ip netns exec ns1 curl http://8.8.8.8/',
          proves: 'a server there sees the host',
          netns: ONE.netns,
        },
      ),
      fetches(
        { server: { netns: TWO.netns, port: 80 }, to: { address: TWO.ip, port: 80 }, seenAs: ONE.ip },
        {
          command: 'sudo ip netns exec ns1 curl http://10.0.0.3/',
          proves: 'a server in ns2 sees ns1',
          netns: ONE.netns,
        },
      ),
    ],
  },
]
