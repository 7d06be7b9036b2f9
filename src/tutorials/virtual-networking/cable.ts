import { addAddress, createNetns, createVethPair, moveToNetns, setUp } from '../../ops/index.ts'
import { answers, hasAddress, linkIs, linksAre, namespacesExist, neighboursAre } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BLUE, RED } from './names.ts'

/** Made once, and again when the document puts a bridge between them. */
export const red = createNetns(RED.netns)
export const blue = createNetns(BLUE.netns)

/** Two namespaces at the two ends of one cable. */
export const cable: readonly Step[] = [
  {
    title: 'Create a cable',
    why:
      'A veth pair is a cable with a network card at each end, made of software: what goes in at one end comes out at the other. ' +
      'Both ends are new links of the host, and down.',
    actions: [
      {
        command: 'sudo ip link add veth-red type veth peer name veth-blue',
        op: createVethPair({ name: RED.link, peer: { name: BLUE.link } }),
      },
    ],
    checks: [
      linksAre({ present: [RED.link, BLUE.link] }, { command: 'ip link', proves: 'the host has both ends' }),
      linkIs(
        RED.link,
        {
          what: 'one end of a veth pair, and down',
          when: ({ linkinfo, flags }) => linkinfo?.kind === 'veth' && !flags.includes('up'),
        },
        { command: 'ip -details link show veth-red', proves: 'it is an end of a cable that nobody uses yet' },
      ),
    ],
  },
  {
    title: 'Create two namespaces',
    why:
      'A network namespace is a network of its own inside the one kernel: it has its own links, routes and firewall, and what ' +
      'happens in it is not seen in any other.',
    actions: [
      { command: 'sudo ip netns add red', op: red },
      { command: 'sudo ip netns add blue', op: blue },
    ],
    checks: [
      namespacesExist([RED.netns, BLUE.netns], { command: 'ip netns list', proves: 'both have their names' }),
      linksAre(
        { present: ['lo'], only: true },
        { command: 'sudo ip -n red link', proves: 'red has a loopback and nothing else', netns: RED.netns },
      ),
    ],
  },
  {
    title: 'Put an end of the cable into each',
    why: 'A link belongs to one namespace. Moved, it is gone from where it was, and the cable now leads from red to blue.',
    actions: [
      { command: 'sudo ip link set veth-red netns red', op: moveToNetns({ link: RED.link, to: RED.netns }) },
      { command: 'sudo ip link set veth-blue netns blue', op: moveToNetns({ link: BLUE.link, to: BLUE.netns }) },
    ],
    checks: [
      linksAre({ absent: [RED.link, BLUE.link] }, { command: 'ip link', proves: 'the host has neither end any more' }),
      ...[RED, BLUE].map(({ netns, link }) =>
        linksAre(
          { present: ['lo', link], only: true },
          { command: `sudo ip -n ${netns} link`, proves: `${netns} has ${link}`, netns },
        ),
      ),
    ],
  },
  {
    title: 'Give each end an address',
    why:
      'The number after the slash says how much of an address is the network and how much is the host: with /24 all whose first ' +
      'three numbers are 192.168.15 are neighbours, who need no router to reach each other.',
    actions: [
      {
        command: 'sudo ip netns exec red ip addr add 192.168.15.1/24 dev veth-red',
        op: addAddress({ link: RED.link, address: RED.address, netns: RED.netns }),
      },
      {
        command: 'sudo ip netns exec blue ip addr add 192.168.15.2/24 dev veth-blue',
        op: addAddress({ link: BLUE.link, address: BLUE.address, netns: BLUE.netns }),
      },
    ],
    checks: [RED, BLUE].map(({ netns, link, address }) =>
      hasAddress(link, { address }, { command: `sudo ip -n ${netns} addr`, proves: `${link} has its address`, netns }),
    ),
  },
  {
    title: 'Bring both ends up',
    why: 'A new link sends and receives nothing until it is brought up, and a cable has a carrier only when both its ends are.',
    actions: [
      { command: 'sudo ip netns exec red ip link set veth-red up', op: setUp({ link: RED.link, netns: RED.netns }) },
      {
        command: 'sudo ip netns exec blue ip link set veth-blue up',
        op: setUp({ link: BLUE.link, netns: BLUE.netns }),
      },
    ],
    checks: [RED, BLUE].map(({ netns, link }) =>
      linkIs(
        link,
        { what: 'up, with a carrier', when: ({ operstate }) => operstate === 'up' },
        { command: `sudo ip -n ${netns} link show ${link}`, proves: `packets can pass ${link}`, netns },
      ),
    ),
  },
  {
    title: 'Ping from one end to the other',
    why: 'An echo request goes into the cable at one end, and its answer comes back. Nothing else is between the two.',
    actions: [],
    checks: [
      answers(BLUE.ip, {
        command: 'sudo ip netns exec red ping 192.168.15.2',
        proves: 'red reaches blue',
        netns: RED.netns,
      }),
    ],
  },
  {
    title: 'Look at who knows whom',
    why:
      'An IP address says nothing of the card that has it. Before it sends, a host asks everybody at the cable whose the address ' +
      'is (ARP), and remembers the answer as a neighbour. The host has taken no part in this, and so knows neither of the two.',
    actions: [],
    checks: [
      neighboursAre(
        { known: [BLUE.ip] },
        { command: 'sudo ip netns exec red arp -n', proves: 'red knows the card of blue', netns: RED.netns },
      ),
      neighboursAre(
        { known: [RED.ip] },
        { command: 'sudo ip netns exec blue arp -n', proves: 'blue knows the card of red', netns: BLUE.netns },
      ),
      neighboursAre({ unknown: [RED.ip, BLUE.ip] }, { command: 'arp -n', proves: 'the host knows neither' }),
    ],
  },
]
