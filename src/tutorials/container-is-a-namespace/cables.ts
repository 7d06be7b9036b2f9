import { addAddress, createNetns, createVethPair, moveToNetns, setUp } from '../../ops/index.ts'
import { answers, hasAddress, isSilent, linkIs, linksAre, namespacesExist } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BRIDGE, isVeth, JELLY, PB } from './names.ts'

/** Two namespaces with a cable and an address each, and nothing at the other ends of the cables. */
export const cables: readonly Step[] = [
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
]
