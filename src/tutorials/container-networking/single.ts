import {
  addAddress,
  addRoute,
  createNetns,
  createVethPair,
  enableForwarding,
  moveToNetns,
  setForwardPolicy,
  setUp,
} from '../../ops/index.ts'
import {
  answers,
  fetches,
  hasAddress,
  hasNoRoute,
  isSilent,
  linksAre,
  namespacesAreGone,
  OUTSIDE,
} from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { FAR, NOT_A_ROUTER, UPLINK } from './names.ts'
import { openingTheWay } from './way-out.ts'

const CONTAINER = { netns: 'container', link: 'veth_0', ip: '10.0.0.2', address: '10.0.0.2/24' }
const HOST = { link: 'veth0', ip: '10.0.0.1', address: '10.0.0.1/24' }
const inContainer = { netns: CONTAINER.netns }
const pingFar = { command: 'sudo ip netns exec container ping 8.8.8.8', ...inContainer }

/** One container on one host. */
export const single: readonly Step[] = [
  {
    title: 'A single container: create its namespace',
    why:
      'A container without a network is a namespace with a loopback that is down, and nothing else. (The document finds no ' +
      'interface there at all.)',
    actions: [{ command: 'sudo ip netns add container', op: createNetns(CONTAINER.netns) }],
    checks: [
      namespacesAreGone(['ns1', 'ns2'], { command: 'ip netns list', proves: 'no other configuration is in the way' }),
      linksAre(
        { present: ['lo'], only: true },
        { command: 'sudo ip -n container -br -c addr', proves: 'the namespace is empty', ...inContainer },
      ),
      linksAre(
        { present: ['lo', 'eth0'], only: true },
        { command: 'ip addr', proves: 'the host has what the host of the document has' },
      ),
      hasAddress(
        'eth0',
        { address: `${UPLINK}/16` },
        { command: 'ifconfig', proves: 'eth0 is how the host reaches others' },
      ),
    ],
  },
  {
    title: 'Create a cable',
    why: 'Both ends of a veth pair appear on the host, to be put where they are needed.',
    actions: [
      {
        command: 'sudo ip link add name veth0 type veth peer veth_0',
        op: createVethPair({ name: HOST.link, peer: { name: CONTAINER.link } }),
      },
    ],
    checks: [
      linksAre(
        { present: [HOST.link, CONTAINER.link] },
        { command: 'sudo ip -br -c addr list', proves: 'the host has both ends' },
      ),
    ],
  },
  {
    title: 'Put one end into the container',
    why: 'The other end stays on the host, and the cable is how packets get in and out.',
    actions: [
      {
        command: 'sudo ip link set dev veth_0 netns container',
        op: moveToNetns({ link: CONTAINER.link, to: CONTAINER.netns }),
      },
    ],
    checks: [
      linksAre(
        { present: [HOST.link], absent: [CONTAINER.link] },
        { command: 'sudo ip -br -c addr ls', proves: 'the host has one end left' },
      ),
      linksAre(
        { present: ['lo', CONTAINER.link], only: true },
        { command: 'sudo ip -n container -br -c addr ls', proves: 'the container has the other', ...inContainer },
      ),
    ],
  },
  {
    title: 'Give both ends an address',
    why: 'An address with the length of its network: with it comes, as soon as the link is up, the route to that network.',
    actions: [
      {
        command: 'sudo ip address add 10.0.0.1/24 dev veth0',
        op: addAddress({ link: HOST.link, address: HOST.address }),
      },
      {
        command: 'sudo ip -n container address add 10.0.0.2/24 dev veth_0',
        op: addAddress({ link: CONTAINER.link, address: CONTAINER.address, ...inContainer }),
      },
    ],
    checks: [
      hasAddress(HOST.link, HOST, {
        command: 'ip addr show veth0',
        proves: 'the host has an address of the new network',
      }),
      hasAddress(CONTAINER.link, CONTAINER, {
        command: 'sudo ip -n container addr',
        proves: 'and so has the container',
        ...inContainer,
      }),
    ],
  },
  {
    title: 'Bring both ends up',
    why: 'The cable has a carrier when both its ends are up, and host and container can talk to each other.',
    actions: [
      { command: 'sudo ip link set dev veth0 up', op: setUp({ link: HOST.link }) },
      {
        command: 'sudo ip -n container link set dev veth_0 up',
        op: setUp({ link: CONTAINER.link, ...inContainer }),
      },
    ],
    checks: [
      answers(CONTAINER.ip, { command: 'ping 10.0.0.2', proves: 'the host reaches the container' }),
      answers(HOST.ip, {
        command: 'sudo ip netns exec container ping 10.0.0.1',
        proves: 'the container reaches the host',
        ...inContainer,
      }),
      hasNoRoute(UPLINK, {
        command: 'sudo ip netns exec container ping 172.17.0.2',
        proves: 'but only by that address: for any other it has no route',
        ...inContainer,
      }),
    ],
  },
  {
    title: 'Make the host the gateway',
    why: 'What the container has no other route for goes to the host: so it reaches every address that the host has.',
    actions: [
      {
        command: 'sudo ip -n container route add default via 10.0.0.1 dev veth_0',
        op: addRoute({ dst: 'default', via: HOST.ip, link: CONTAINER.link, ...inContainer }),
      },
    ],
    checks: [
      answers(UPLINK, {
        command: 'sudo ip netns exec container ping 172.17.0.2',
        proves: 'the container reaches the address of eth0',
        ...inContainer,
      }),
      isSilent(FAR, { ...pingFar, proves: 'it does not reach the internet' }),
    ],
  },
  {
    title: 'A host that passes on what it is told to, and nothing else',
    why:
      'The document was written on a host that is a router already, and whose firewall drops what it is not told to pass on: that ' +
      'is how Docker leaves a host. This one is made the same, or the rules that follow would mean nothing.',
    actions: [
      { command: 'sudo sysctl -w net.ipv4.ip_forward=1', op: enableForwarding(), correction: NOT_A_ROUTER },
      {
        command: 'sudo iptables -P FORWARD DROP',
        op: setForwardPolicy('drop'),
        correction: 'Without it the ACCEPT rules of the document would change nothing.',
      },
    ],
    checks: [isSilent(FAR, { ...pingFar, proves: 'as before, the container does not reach the internet' })],
  },
  {
    title: 'Open the way to the internet',
    why:
      'The first rule hides the container behind the host wherever it goes, except to the cable. The others let through what goes ' +
      'from the cable to eth0, and what comes back.',
    actions: [...openingTheWay('veth0')],
    checks: [
      answers(FAR, { ...pingFar, proves: 'the container reaches the internet' }),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 }, seenAs: UPLINK },
        {
          command: 'sudo ip netns exec container curl http://8.8.8.8/',
          proves: 'a server there sees the host',
          ...inContainer,
        },
      ),
    ],
  },
]
