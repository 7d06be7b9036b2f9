import {
  addAddress,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  moveToNetns,
  setUp,
} from '../ops/index.ts'
import { answers, hasAddress, isSilent, linkIs, linksAre, namespacesExist, portsOf } from './checks/index.ts'
import type { Tutorial } from './tutorial.ts'

const PB = { netns: 'pb', link: 'veth-pb', bread: 'bread-pb-veth', ip: '192.168.0.56', address: '192.168.0.56/24' }
const JELLY = {
  netns: 'jelly',
  link: 'veth-jelly',
  bread: 'bread-j-veth',
  ip: '192.168.0.55',
  address: '192.168.0.55/24',
}
const BRIDGE = { link: 'brd1', address: '192.168.0.60/24', broadcast: '192.168.0.255' }

const isVeth = {
  what: 'one end of a veth pair',
  when: ({ linkinfo }: { linkinfo?: { kind?: unknown } }) => linkinfo?.kind === 'veth',
}

export const containerIsANamespace: Tutorial = {
  name: 'container-is-a-namespace',
  title: 'A Container Is a Linux Namespace and Networking Basics',
  author: 'Ivan Tarin',
  date: '2020-06-29',
  summary:
    'Two namespaces, pb and jelly, are given a cable each; a bridge joins the cables; an address on the bridge lets the host in. ' +
    'Up to where the document says that the namespaces can be pinged from the host.',
  steps: [
    {
      title: 'Look at the links of the host',
      why:
        'A link is what the kernel sends and receives packets by: a network card, or something that behaves like one. Every ' +
        'namespace has a loopback, lo; this host also has eth0, which leads outside. Knowing what is there before makes it ' +
        'plain later what was added.',
      actions: [],
      checks: [
        linksAre(
          { present: ['lo', 'eth0'], absent: [PB.link, PB.bread, JELLY.link, JELLY.bread, BRIDGE.link] },
          { command: 'ip link list', proves: 'the host has its own links and none of those that are made here' },
        ),
        answers('8.8.8.8', { command: 'ping 8.8.8.8', proves: 'the host itself reaches the outside world' }),
      ],
    },
    {
      title: 'Create two namespaces',
      why:
        'A network namespace is a second network stack in the same kernel: links, addresses, routes and firewall of its own. ' +
        'It is all that "container" means to the network. Creating one is a system call, unshare; so that it does not end ' +
        'with the process, it is mounted on a file in /run/netns, whose name is then its name.',
      actions: [
        { command: 'sudo ip netns add pb', op: createNetns(PB.netns) },
        { command: 'sudo ip netns add jelly', op: createNetns(JELLY.netns) },
      ],
      checks: [
        namespacesExist([PB.netns, JELLY.netns], {
          command: 'ip netns list',
          proves: 'both namespaces have their names',
        }),
        ...[PB, JELLY].map(({ netns }) =>
          linksAre(
            { present: ['lo'], only: true },
            {
              command: `sudo ip netns exec ${netns} ip link`,
              proves: `${netns} has a loopback and nothing else`,
              netns,
            },
          ),
        ),
      ],
    },
    {
      title: 'Create a cable for each namespace',
      why:
        'A veth pair is two links joined back to back: what is sent into one comes out of the other. Each namespace will get ' +
        'one end of a pair; the ends called bread stay on the host, to be joined there. Both ends of a new pair are where it ' +
        'was made, and down.',
      actions: [
        {
          command: 'sudo ip link add veth-pb type veth peer name bread-pb-veth',
          op: createVethPair({ name: PB.link, peer: { name: PB.bread } }),
        },
        {
          command: 'sudo ip link add veth-jelly type veth peer name bread-j-veth',
          op: createVethPair({ name: JELLY.link, peer: { name: JELLY.bread } }),
        },
      ],
      checks: [
        linksAre(
          { present: [PB.link, PB.bread, JELLY.link, JELLY.bread] },
          { command: 'ip link list', proves: 'all four ends are on the host' },
        ),
        ...[PB, JELLY].map(({ link }) =>
          linkIs(link, isVeth, { command: `ip -details link show ${link}`, proves: `${link} is of kind veth` }),
        ),
      ],
    },
    {
      title: 'Put one end of each cable into its namespace',
      why:
        'A link is in exactly one namespace, and can be moved. The pair stays joined, and so becomes a tunnel from one ' +
        'namespace to the other. On the host only the bread ends are left to be seen.',
      actions: [
        { command: 'sudo ip link set veth-pb netns pb', op: moveToNetns({ link: PB.link, to: PB.netns }) },
        { command: 'sudo ip link set veth-jelly netns jelly', op: moveToNetns({ link: JELLY.link, to: JELLY.netns }) },
      ],
      checks: [
        linksAre(
          { present: [PB.bread, JELLY.bread], absent: [PB.link, JELLY.link] },
          { command: 'ip link list', proves: 'the moved ends are gone from the host' },
        ),
        ...[JELLY, PB].map(({ netns, link }) =>
          linksAre(
            { present: ['lo', link], only: true },
            { command: `sudo ip netns exec ${netns} ip link`, proves: `${netns} has ${link}`, netns },
          ),
        ),
      ],
    },
    {
      title: 'Give each namespace an address',
      why:
        'An address with /24 says two things: this link is 192.168.0.55, and the 256 addresses that begin with 192.168.0 are ' +
        'reached by it directly. The kernel makes a route of the second once the link is up. That is not yet a connection: ' +
        'the other ends of the cables lie loose on the host, and down.',
      actions: [
        {
          command: 'sudo ip netns exec jelly ip address add 192.168.0.55/24 dev veth-jelly',
          op: addAddress({ link: JELLY.link, address: JELLY.address, netns: JELLY.netns }),
        },
        {
          command: 'sudo ip netns exec jelly ip link set veth-jelly up',
          op: setUp({ link: JELLY.link, netns: JELLY.netns }),
        },
        {
          command: 'sudo ip netns exec pb ip address add 192.168.0.56/24 dev veth-pb',
          op: addAddress({ link: PB.link, address: PB.address, netns: PB.netns }),
        },
        { command: 'sudo ip netns exec pb ip link set veth-pb up', op: setUp({ link: PB.link, netns: PB.netns }) },
      ],
      checks: [
        ...[JELLY, PB].map(({ netns, link, address }) =>
          hasAddress(
            link,
            { address },
            { command: `sudo ip netns exec ${netns} ip addr`, proves: `${link} has its address`, netns },
          ),
        ),
        isSilent(PB.ip, {
          command: `sudo ip netns exec jelly ping ${PB.ip}`,
          proves: 'jelly cannot reach pb yet, for nothing joins the cables',
          netns: JELLY.netns,
        }),
      ],
    },
    {
      title: 'Create a bridge',
      why:
        'A bridge is a switch made of software: it learns behind which of its ports an Ethernet address is, and passes each ' +
        'frame on to that port. It is a link itself, by which the host will take part. This is the bread of the sandwich.',
      actions: [
        { command: 'sudo ip link add name brd1 type bridge', op: createBridge({ name: BRIDGE.link }) },
        { command: 'sudo ip link set brd1 up', op: setUp({ link: BRIDGE.link }) },
      ],
      checks: [
        linkIs(
          BRIDGE.link,
          {
            what: 'a bridge, and up',
            when: ({ linkinfo, flags }) => linkinfo?.kind === 'bridge' && flags.includes('up'),
          },
          { command: 'ip link', proves: 'the bridge is there' },
        ),
      ],
    },
    {
      title: 'Plug the cables into the bridge',
      why:
        'The bread ends are brought up, and with them the cables as a whole: a veth pair carries packets only while both its ' +
        'ends are up. Then the bridge is made their master, which makes them its ports: what arrives at a port is the ' +
        "bridge's to pass on.",
      actions: [
        { command: 'sudo ip link set bread-pb-veth up', op: setUp({ link: PB.bread }) },
        { command: 'sudo ip link set bread-j-veth up', op: setUp({ link: JELLY.bread }) },
        {
          command: 'sudo ip link set bread-pb-veth master brd1',
          op: attachToBridge({ link: PB.bread, bridge: BRIDGE.link }),
        },
        {
          command: 'sudo ip link set bread-j-veth master brd1',
          op: attachToBridge({ link: JELLY.bread, bridge: BRIDGE.link }),
        },
      ],
      checks: [
        portsOf(BRIDGE.link, [PB.bread, JELLY.bread], {
          command: 'bridge link show brd1',
          proves: 'both cables are ports of the bridge, and packets can pass',
        }),
      ],
    },
    {
      title: 'Ping from one namespace to the other',
      why:
        'Jelly asks by ARP who has 192.168.0.56; the bridge passes the question on to all ports, and the answer to the one ' +
        'where the question came from. From then on the two talk as two machines at one switch do.',
      actions: [],
      checks: [
        answers(PB.ip, {
          command: `sudo ip netns exec jelly ping ${PB.ip}`,
          proves: 'jelly reaches pb through the bridge',
          netns: JELLY.netns,
        }),
        answers(JELLY.ip, {
          command: `sudo ip netns exec pb ping ${JELLY.ip}`,
          proves: 'pb reaches jelly as well',
          netns: PB.netns,
        }),
        isSilent(PB.ip, {
          command: `ping ${PB.ip}`,
          proves: 'the host does not reach pb: it has the switch, but no address in that network',
        }),
      ],
    },
    {
      title: 'Give the host an address on the bridge',
      why:
        'With an address on brd1 the host becomes a member of the network that its own bridge forms, and gets the route to ' +
        'it. "brd +" asks for the usual broadcast address, the last one of the network, to be worked out and set.',
      actions: [
        {
          command: 'sudo ip addr add 192.168.0.60/24 brd + dev brd1',
          op: addAddress({ link: BRIDGE.link, address: BRIDGE.address, broadcast: '+' }),
        },
      ],
      checks: [
        hasAddress(BRIDGE.link, BRIDGE, { command: 'ip addr show brd1', proves: 'brd + has become 192.168.0.255' }),
        linkIs(
          BRIDGE.link,
          { what: 'up, as its ports are', when: ({ operstate }) => operstate === 'up' },
          { command: 'ip addr show brd1', proves: 'the host can send by the bridge' },
        ),
      ],
    },
    {
      title: 'Ping the namespaces from the host',
      why:
        'The host now has a route to 192.168.0.0/24 by the bridge, and the namespaces know how to answer, for the host asks ' +
        'from an address of their own network.',
      actions: [],
      checks: [
        answers(PB.ip, { command: `ping ${PB.ip}`, proves: 'the host reaches pb' }),
        answers(JELLY.ip, { command: `ping ${JELLY.ip}`, proves: 'the host reaches jelly' }),
        answers('192.168.0.60', {
          command: 'sudo ip netns exec pb ping 192.168.0.60',
          proves: 'pb reaches the host',
          netns: PB.netns,
        }),
      ],
    },
  ],
}
