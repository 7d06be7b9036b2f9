import { addAddress, createNetns, createVethPair, setUp } from '../../ops/index.ts'
import {
  answers,
  hasAddress,
  hasNoRoute,
  linkIs,
  linksAre,
  namespacesAreGone,
  namespacesExist,
} from '../checks/index.ts'
import type { Step } from '../tutorial.ts'

const NET1 = { netns: 'net1', link: 'veth1', ip: '10.100.0.1', address: '10.100.0.1/16' }
const NET2 = { netns: 'net2', link: 'veth2', ip: '10.100.0.2', address: '10.100.0.2/16' }
const NETS = [NET1, NET2]

const namespaces = NETS.map(({ netns }) => ({ netns, op: createNetns(netns) }))

const fromNet1 = { command: 'ip netns exec net1 ping -c 3 10.100.0.2', netns: NET1.netns }
const fromNet2 = { command: 'ip netns exec net2 ping -c 3 10.100.0.1', netns: NET2.netns }

/** The first script: two namespaces at the two ends of one cable, up and down. */
export const pair: readonly Step[] = [
  {
    title: 'Up: create two namespaces',
    why:
      'What Docker does first for a container, and all that a container is to the network: a namespace. The scripts of the ' +
      'document take "up" and "down"; this is the first one, going up.',
    actions: namespaces.map(({ netns, op }) => ({ command: `ip netns add ${netns}`, op })),
    checks: [namespacesExist([NET1.netns, NET2.netns], { command: 'ip netns list', proves: 'both have their names' })],
  },
  {
    title: 'Create a cable from one to the other',
    why: 'The ends of a veth pair can be made where they are to be at once, in one request; nothing need be moved.',
    actions: [
      {
        command: 'ip link add veth1 netns net1 type veth peer name veth2 netns net2',
        op: createVethPair({ name: NET1.link, netns: NET1.netns, peer: { name: NET2.link, netns: NET2.netns } }),
      },
    ],
    checks: [
      ...NETS.map(({ netns, link }) =>
        linksAre(
          { present: ['lo', link], only: true },
          { command: `ip -n ${netns} link`, proves: `${netns} has ${link}`, netns },
        ),
      ),
      linksAre({ absent: [NET1.link, NET2.link] }, { command: 'ip link', proves: 'the host never had either end' }),
    ],
  },
  {
    title: 'Give each end an address, and bring the loopbacks up',
    why:
      'With /16 the two have 65,536 addresses between them. The loopback is how a host talks to itself; in a new namespace it is ' +
      'down, and not even 127.0.0.1 answers.',
    actions: [
      ...NETS.map(({ netns, link, address }) => ({
        command: `ip netns exec ${netns} ip addr add ${address} dev ${link}`,
        op: addAddress({ link, address, netns }),
      })),
      ...NETS.map(({ netns }) => ({
        command: `ip netns exec ${netns} ip link set lo up`,
        op: setUp({ link: 'lo', netns }),
      })),
    ],
    checks: [
      ...NETS.map(({ netns, link, address }) =>
        hasAddress(link, { address }, { command: `ip -n ${netns} addr`, proves: `${link} has its address`, netns }),
      ),
      answers('127.0.0.1', {
        command: 'ip netns exec net1 ping 127.0.0.1',
        proves: 'net1 reaches itself',
        netns: NET1.netns,
      }),
    ],
  },
  {
    title: 'Bring the cable up, as the document does',
    why:
      'The document brings both ends up in net2. But veth1 is in net1, and what is not in a namespace cannot be found there. The ' +
      'script goes on all the same, for nothing in it says that it should stop ("set -o pipefail" is about pipes alone).',
    actions: [
      {
        command: 'ip netns exec net2 ip link set veth1 up',
        mistake: 'In net2 there is no veth1: it is in net1.',
        op: setUp({ link: NET1.link, netns: NET2.netns }),
      },
      { command: 'ip netns exec net2 ip link set veth2 up', op: setUp({ link: NET2.link, netns: NET2.netns }) },
    ],
    checks: [
      linkIs(
        NET2.link,
        {
          what: 'up, and without a carrier',
          when: ({ flags, operstate }) => flags.includes('up') && operstate !== 'up',
        },
        {
          command: 'ip -n net2 link show veth2',
          proves: 'one end alone does not make a connection',
          netns: NET2.netns,
        },
      ),
      hasNoRoute(NET2.ip, {
        ...fromNet1,
        proves: 'a link that is down has no route: the ping of the document is not even sent',
      }),
    ],
  },
  {
    title: 'Bring the other end up where it is',
    why: 'With both ends up the cable has a carrier, the kernel makes the routes, and the pings of the script are answered.',
    actions: [
      {
        command: 'ip netns exec net1 ip link set veth1 up',
        op: setUp({ link: NET1.link, netns: NET1.netns }),
        correction: 'The document looks for veth1 in net2.',
      },
    ],
    checks: [
      answers(NET2.ip, { ...fromNet1, count: 3, proves: 'net1 reaches net2' }),
      answers(NET1.ip, { ...fromNet2, count: 3, proves: 'net2 reaches net1' }),
      hasAddress(
        NET1.link,
        { address: NET1.address },
        { command: 'sudo ip netns exec net1 ip a', proves: 'net1 has the address of the script', netns: NET1.netns },
      ),
    ],
  },
  {
    title: 'Down: delete the namespaces',
    why: 'A namespace that nobody uses any more ends, and what is in it ends with it: the addresses, the routes, the cable.',
    actions: namespaces.map(({ netns, op }) => ({ command: `ip netns delete ${netns}`, undo: [op] })),
    checks: [
      namespacesAreGone([NET1.netns, NET2.netns], { command: 'ip netns list', proves: 'neither is there any more' }),
      linksAre(
        { present: ['lo', 'eth0'], only: true },
        { command: 'ip link', proves: 'nothing of the cable came back to the host' },
      ),
    ],
  },
]
