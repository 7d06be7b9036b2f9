import { addAddress, attachToBridge, createBridge, createVethPair, moveToNetns, setUp } from '../../ops/index.ts'
import { answers, hasAddress, isSilent, linkIs, linksAre, portsOf } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { wholeCable } from './cable.ts'
import { BLUE, BRIDGE, ENDS, RED } from './names.ts'

const plugIn = ({ port }: { port: string }) => ({
  command: `ip link set ${port} master ${BRIDGE.link}`,
  op: attachToBridge({ link: port, bridge: BRIDGE.link }),
})
const replaced = 'Nothing in the document makes the links that it is about to plug into the bridge.'

/** A bridge instead of the cable, and the host on it. */
export const bridge: readonly Step[] = [
  {
    title: 'Create a bridge',
    why:
      'A cable between every two namespaces is not practical for more than a few. A bridge is a switch: each namespace needs one ' +
      'cable to it. To the host it is one more link, as eth0 is.',
    actions: [{ command: 'ip link add v-net-0 type bridge', op: createBridge({ name: BRIDGE.link }) }],
    checks: [
      linkIs(
        BRIDGE.link,
        {
          what: 'a bridge, and down',
          when: ({ linkinfo, flags }) => linkinfo?.kind === 'bridge' && !flags.includes('up'),
        },
        { command: 'ip -details link show v-net-0', proves: 'the bridge is there' },
      ),
    ],
  },
  {
    title: 'Plug into it what is not there',
    why:
      'The document now plugs veth-red-br and veth-blue-br into the bridge. It has made no such links: the one cable that it has ' +
      'made leads from red straight to blue, and none of its ends is on the host.',
    actions: ENDS.map((end) => ({ ...plugIn(end), mistake: `There is no ${end.port} on the host.` })),
    checks: [
      linksAre(
        { present: [BRIDGE.link], absent: [RED.port, BLUE.port] },
        { command: 'ip link', proves: 'the host has the bridge and nothing to plug into it' },
      ),
    ],
  },
  {
    title: 'Lay a cable from each namespace to the host',
    why:
      'The cable between the two is taken away, and each gets one of its own, whose other end stays on the host under the name ' +
      'that the document expects. The namespaces get the addresses again that they had.',
    actions: [
      { command: 'ip -n red link del veth-red', undo: wholeCable, correction: 'With it veth-blue goes too.' },
      ...ENDS.flatMap(({ netns, link, port, address }) => [
        {
          command: `ip link add ${link} type veth peer name ${port}`,
          op: createVethPair({ name: link, peer: { name: port } }),
          correction: replaced,
        },
        { command: `ip link set ${link} netns ${netns}`, op: moveToNetns({ link, to: netns }), correction: replaced },
        {
          command: `ip -n ${netns} addr add ${address} dev ${link}`,
          op: addAddress({ link, address, netns }),
          correction: replaced,
        },
        { command: `ip -n ${netns} link set ${link} up`, op: setUp({ link, netns }), correction: replaced },
        { command: `ip link set ${port} up`, op: setUp({ link: port }), correction: replaced },
      ]),
    ],
    checks: [
      linksAre({ present: [RED.port, BLUE.port] }, { command: 'ip link', proves: 'the host has an end of each cable' }),
      isSilent(BLUE.ip, {
        command: 'ip netns exec red ping 192.168.15.2',
        proves: 'nothing joins the two any more',
        netns: RED.netns,
      }),
    ],
  },
  {
    title: 'Plug the cables into the bridge',
    why: 'The commands of the document now do what they were meant to: the two ends become ports of the bridge.',
    actions: [...ENDS.map(plugIn), { command: 'ip link set v-net-0 up', op: setUp({ link: BRIDGE.link }) }],
    checks: [
      portsOf(BRIDGE.link, [RED.port, BLUE.port], { command: 'bridge link', proves: 'both are ports, and forward' }),
      answers(BLUE.ip, {
        command: 'ip netns exec red ping 192.168.15.2',
        proves: 'red reaches blue through the bridge',
        netns: RED.netns,
      }),
      isSilent(BLUE.ip, {
        command: 'ping 192.168.15.2',
        proves: 'the host does not: it has no address in that network, and asks outside',
      }),
    ],
  },
  {
    title: 'Give the host an address on the bridge',
    why: 'The bridge is also a link of the host. With an address it makes the host a member of the network of its namespaces.',
    actions: [
      {
        command: 'ip addr add 192.168.15.5/24 dev v-net-0',
        op: addAddress({ link: BRIDGE.link, address: BRIDGE.address }),
      },
    ],
    checks: [
      hasAddress(BRIDGE.link, BRIDGE, { command: 'ip addr show v-net-0', proves: 'the host has its address' }),
      answers(BLUE.ip, { command: 'ping 192.168.15.2', proves: 'the host reaches blue' }),
      answers(BRIDGE.ip, {
        command: 'ip netns exec red ping 192.168.15.5',
        proves: 'red reaches the host',
        netns: RED.netns,
      }),
    ],
  },
]
