import {
  addAddress,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  moveToNetns,
  setUp,
} from '../../ops/index.ts'
import { answers, hasAddress, linkIs, linksAre, namespacesExist, neighboursAre, portsOf } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { blue, red } from './cable.ts'
import { BLUE, BRIDGE, HOST, RED } from './names.ts'

const ends = [RED, BLUE]

/** The same two namespaces, each with a cable to a bridge. */
export const bridge: readonly Step[] = [
  {
    title: 'Create the namespaces again',
    why:
      'The document says to create them again, which is refused as long as there are namespaces of those names; its own advice ' +
      'from the beginning helps, to delete them first. With a namespace go the links in it, and with one end of a cable the other.',
    actions: [
      {
        command: 'sudo ip netns add red',
        mistake: 'There is a namespace of that name.',
        op: createNetns(RED.netns),
      },
      {
        command: 'sudo ip netns add blue',
        mistake: 'There is a namespace of that name.',
        op: createNetns(BLUE.netns),
      },
      {
        command: 'sudo ip netns del red',
        undo: [red],
        correction: 'As the document advises when it creates them first.',
      },
      {
        command: 'sudo ip netns del blue',
        undo: [blue],
        correction: 'As the document advises when it creates them first.',
      },
      { command: 'sudo ip netns add red', op: createNetns(RED.netns) },
      { command: 'sudo ip netns add blue', op: createNetns(BLUE.netns) },
    ],
    checks: [
      namespacesExist([RED.netns, BLUE.netns], { command: 'ip netns list', proves: 'both are there' }),
      ...ends.map(({ netns }) =>
        linksAre(
          { present: ['lo'], only: true },
          { command: `sudo ip -n ${netns} link`, proves: `${netns} is a new one, and empty`, netns },
        ),
      ),
      linksAre(
        { absent: [HOST.link] },
        { command: 'ip link', proves: 'the cable to the old red is gone from the host' },
      ),
    ],
  },
  {
    title: 'Create a cable for each namespace',
    why: 'One end of each cable goes into its namespace as before. The other ends stay on the host, to be plugged into a switch.',
    actions: [
      {
        command: 'sudo ip link add veth-red type veth peer name veth-red-br',
        op: createVethPair({ name: RED.link, peer: { name: RED.port } }),
      },
      {
        command: 'sudo ip link add veth-blue type veth peer name veth-blue-br',
        op: createVethPair({ name: BLUE.link, peer: { name: BLUE.port } }),
      },
      { command: 'sudo ip link set veth-red netns red', op: moveToNetns({ link: RED.link, to: RED.netns }) },
      { command: 'sudo ip link set veth-blue netns blue', op: moveToNetns({ link: BLUE.link, to: BLUE.netns }) },
    ],
    checks: [
      linksAre(
        { present: [RED.port, BLUE.port], absent: [RED.link, BLUE.link] },
        { command: 'ip link', proves: 'the host has one end of each cable' },
      ),
    ],
  },
  {
    title: 'Create a bridge',
    why: 'A bridge is a switch in software. With it, one cable for each namespace is enough, however many there are.',
    actions: [
      { command: 'sudo ip link add name v-net-0 type bridge', op: createBridge({ name: BRIDGE }) },
      { command: 'sudo ip link set v-net-0 up', op: setUp({ link: BRIDGE }) },
    ],
    checks: [
      linkIs(
        BRIDGE,
        {
          what: 'a bridge, and up',
          when: ({ linkinfo, flags }) => linkinfo?.kind === 'bridge' && flags.includes('up'),
        },
        { command: 'ip -details link show v-net-0', proves: 'the bridge is there' },
      ),
    ],
  },
  {
    title: 'Plug the cables into the bridge',
    why: 'A link whose master is a bridge is a port of it: what arrives there is for the bridge to pass on to the right port.',
    actions: [
      {
        command: 'sudo ip link set veth-red-br master v-net-0',
        op: attachToBridge({ link: RED.port, bridge: BRIDGE }),
      },
      {
        command: 'sudo ip link set veth-blue-br master v-net-0',
        op: attachToBridge({ link: BLUE.port, bridge: BRIDGE }),
      },
      { command: 'sudo ip link set veth-red-br up', op: setUp({ link: RED.port }) },
      { command: 'sudo ip link set veth-blue-br up', op: setUp({ link: BLUE.port }) },
    ],
    checks: [
      linksAre(
        { present: [RED.port, BLUE.port] },
        {
          command: 'bridge link',
          proves: 'the bridge has two ports, which lead to namespaces whose ends are down yet',
        },
      ),
    ],
  },
  {
    title: 'Give the namespaces their addresses',
    why: 'The addresses are those of before: to the namespaces it makes no difference whether a cable or a bridge is between them.',
    actions: [
      {
        command: 'sudo ip netns exec red ip addr add 192.168.15.1/24 dev veth-red',
        op: addAddress({ link: RED.link, address: RED.address, netns: RED.netns }),
      },
      {
        command: 'sudo ip netns exec blue ip addr add 192.168.15.2/24 dev veth-blue',
        op: addAddress({ link: BLUE.link, address: BLUE.address, netns: BLUE.netns }),
      },
      { command: 'sudo ip netns exec red ip link set veth-red up', op: setUp({ link: RED.link, netns: RED.netns }) },
      {
        command: 'sudo ip netns exec blue ip link set veth-blue up',
        op: setUp({ link: BLUE.link, netns: BLUE.netns }),
      },
    ],
    checks: [
      ...ends.map(({ netns, link, address }) =>
        hasAddress(
          link,
          { address },
          { command: `sudo ip -n ${netns} addr`, proves: `${link} has its address`, netns },
        ),
      ),
      portsOf(BRIDGE, [RED.port, BLUE.port], { command: 'bridge link', proves: 'both ports forward' }),
    ],
  },
  {
    title: 'Ping through the bridge',
    why: 'The bridge learns from what arrives which card is behind which port, and then sends nothing to the wrong one.',
    actions: [],
    checks: [
      answers(BLUE.ip, {
        command: 'sudo ip netns exec red ping 192.168.15.2',
        proves: 'red reaches blue',
        netns: RED.netns,
      }),
      neighboursAre(
        { known: [BLUE.ip] },
        {
          command: 'sudo ip netns exec red arp -n',
          proves: 'red knows the card of blue, not one of the bridge',
          netns: RED.netns,
        },
      ),
    ],
  },
]
