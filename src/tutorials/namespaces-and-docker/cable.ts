import { addAddress, createNetns, createVethPair, moveToNetns, setUp } from '../../ops/index.ts'
import { answers, hasAddress, linkIs, linksAre, namespacesExist } from '../checks/index.ts'
import type { Doing, Step } from '../tutorial.ts'
import { BLUE, ENDS, RED } from './names.ts'

const between: Doing = {
  command: 'ip link add veth-red type veth peer name veth-blue',
  op: createVethPair({ name: RED.link, peer: { name: BLUE.link } }),
}
const moves: readonly Doing[] = ENDS.map(({ netns, link }) => ({
  command: `ip link set ${link} netns ${netns}`,
  op: moveToNetns({ link, to: netns }),
}))
const addresses: readonly Doing[] = [
  {
    command: 'ip -n red addr add 192.168.15.1/24 dev veth-red',
    op: addAddress({ link: RED.link, address: RED.address, netns: RED.netns }),
  },
  {
    command: 'ip netns exec blue ip addr add 192.168.15.2/24 dev veth-blue',
    op: addAddress({ link: BLUE.link, address: BLUE.address, netns: BLUE.netns }),
  },
]
const ups: readonly Doing[] = ENDS.map(({ netns, link }) => ({
  command: `ip -n ${netns} link set ${link} up`,
  op: setUp({ link, netns }),
}))

/** All that the cable between the two consists of. */
export const wholeCable = [between, ...moves, ...addresses, ...ups].map(({ op }) => op)

/** Two namespaces at the two ends of one cable. */
export const cable: readonly Step[] = [
  {
    title: 'Create two namespaces',
    why:
      'A network namespace is a separate instance of all that makes up a network in the kernel: links, routes, neighbours, ' +
      'firewall. A container has one; here they are without the rest of a container.',
    actions: ENDS.map(({ netns }) => ({ command: `ip netns add ${netns}`, op: createNetns(netns) })),
    checks: [
      namespacesExist([RED.netns, BLUE.netns], { command: 'ip netns list', proves: 'both have their names' }),
      hasAddress(
        'eth0',
        { address: '172.17.0.2/16' },
        { command: 'ip addr show eth0', proves: "this host has the address that the document's container has" },
      ),
    ],
  },
  {
    title: 'Create a cable',
    why: 'The two ends of a veth pair are links as any others. What is sent by the one is received by the other.',
    actions: [between],
    checks: [
      linkIs(
        RED.link,
        { what: 'one end of a veth pair', when: ({ linkinfo }) => linkinfo?.kind === 'veth' },
        { command: 'ip -details link show veth-red', proves: 'veth-red is an end of a cable' },
      ),
      linksAre({ present: [RED.link, BLUE.link] }, { command: 'ip link', proves: 'the other end is veth-blue' }),
    ],
  },
  {
    title: 'Put an end into each namespace',
    why: 'That is how two namespaces, which share nothing, come to have something between them.',
    actions: moves,
    checks: ENDS.map(({ netns, link }) =>
      linksAre(
        { present: ['lo', link], only: true },
        { command: `ip -n ${netns} link`, proves: `${netns} has ${link}`, netns },
      ),
    ),
  },
  {
    title: 'Give each end an address',
    why:
      'Both commands do the same in different ways: "ip -n red" works in the namespace itself, "ip netns exec blue" starts a ' +
      'program there, which happens to be ip.',
    actions: addresses,
    checks: ENDS.map(({ netns, link, address }) =>
      hasAddress(link, { address }, { command: `ip -n ${netns} addr`, proves: `${link} has its address`, netns }),
    ),
  },
  {
    title: 'Bring both ends up',
    why: 'Only when both ends are up does the cable have a carrier.',
    actions: ups,
    checks: ENDS.map(({ netns, link }) =>
      linkIs(
        link,
        { what: 'up, with a carrier', when: ({ operstate }) => operstate === 'up' },
        { command: `ip -n ${netns} link`, proves: `packets can pass ${link}`, netns },
      ),
    ),
  },
  {
    title: 'Ping in both directions',
    why: 'The two are neighbours on one network of two, and answer each other.',
    actions: [],
    checks: [
      answers(BLUE.ip, {
        command: 'ip netns exec red ping 192.168.15.2',
        proves: 'red reaches blue',
        netns: RED.netns,
      }),
      answers(RED.ip, {
        command: 'ip netns exec blue ping 192.168.15.1',
        proves: 'blue reaches red',
        netns: BLUE.netns,
      }),
    ],
  },
]
