import { addAddress, attachToBridge, createBridge, setUp } from '../../ops/index.ts'
import { answers, hasAddress, isSilent, linkIs, portsOf } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BRIDGE, JELLY, PB } from './names.ts'

/** A bridge joins the cables, and an address on it lets the host in. */
export const bridge: readonly Step[] = [
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
]
