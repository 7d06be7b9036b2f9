import { addAddress, addRoute, createVethPair, moveToNetns, setUp } from '../../ops/index.ts'
import { answers, hasAddress, hasRoute, isSilent } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BLUE, HOST, NETWORK, RED } from './names.ts'

const inRed = { netns: RED.netns }
const twice = addAddress({ link: HOST.peer, address: RED.address, ...inRed })

/** A second cable, from the host to red. */
export const host: readonly Step[] = [
  {
    title: 'Lay a cable from the host to red, as the document does',
    why:
      'The host gets an end of a cable of its own, and an address of the same network. The document gives red the address that ' +
      'it has already once more, on the new link. The kernel does not mind. But red now has two links that claim to lead to ' +
      '192.168.15.0/24; the older one wins, and so what red answers goes to blue and never reaches the host.',
    actions: [
      {
        command: 'sudo ip link add veth-host type veth peer name veth-ns',
        op: createVethPair({ name: HOST.link, peer: { name: HOST.peer } }),
      },
      { command: 'sudo ip link set veth-ns netns red', op: moveToNetns({ link: HOST.peer, to: RED.netns }) },
      {
        command: 'sudo ip addr add 192.168.15.10/24 dev veth-host',
        op: addAddress({ link: HOST.link, address: HOST.address }),
      },
      { command: 'sudo ip link set veth-host up', op: setUp({ link: HOST.link }) },
      { command: 'sudo ip netns exec red ip addr add 192.168.15.1/24 dev veth-ns', op: twice },
      { command: 'sudo ip netns exec red ip link set veth-ns up', op: setUp({ link: HOST.peer, ...inRed }) },
    ],
    checks: [
      hasAddress(
        HOST.link,
        { address: HOST.address },
        { command: 'ip addr show veth-host', proves: 'the host has its address' },
      ),
      ...[RED.link, HOST.peer].map((link) =>
        hasRoute(
          { dst: NETWORK, link },
          { command: 'sudo ip -n red route', proves: `red has a route to the network by ${link}`, ...inRed },
        ),
      ),
      isSilent(RED.ip, {
        command: 'ping 192.168.15.1',
        proves: 'the document is wrong here: red does not answer the host',
      }),
    ],
  },
  {
    title: 'Give the answers a way back',
    why:
      'An address belongs to the host, not to a link: red answers for 192.168.15.1 at both cables, and needs it only once. What ' +
      'it needs is a route that is more particular than the other: for the one address of the host, by the cable to the host.',
    actions: [
      {
        command: 'sudo ip netns exec red ip addr del 192.168.15.1/24 dev veth-ns',
        undo: [twice],
        correction: 'The document has the same address on both links of red.',
      },
      {
        command: 'sudo ip netns exec red ip route add 192.168.15.10 dev veth-ns',
        op: addRoute({ dst: `${HOST.ip}/32`, link: HOST.peer, ...inRed }),
        correction: 'Of several routes the one with the longest prefix is taken.',
      },
    ],
    checks: [
      hasRoute(
        { dst: `${HOST.ip}/32`, link: HOST.peer },
        { command: 'sudo ip -n red route', proves: 'red knows where the host is', ...inRed },
      ),
      answers(RED.ip, { command: 'ping 192.168.15.1', proves: 'the host reaches red' }),
      answers(BLUE.ip, {
        command: 'sudo ip netns exec red ping 192.168.15.2',
        proves: 'red reaches blue still',
        ...inRed,
      }),
    ],
  },
]
