import { addRoute, enableForwarding, masquerade, plan } from '../../ops/index.ts'
import {
  answers,
  bridgedIsFiltered,
  fetches,
  hasNoRoute,
  hasRoute,
  isSilent,
  OUTSIDE,
  sysctlIs,
} from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BRIDGE, JELLY, PB } from './names.ts'

const HOST = '192.168.0.60'
const FAR = '8.8.8.8'
const page = { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 } } as const
const neighbourly = { server: { netns: PB.netns, port: 80 }, to: { address: PB.ip, port: 80 } } as const

const masked = masquerade({ source: `${HOST}/24` })

/** The bonus: a gateway, address translation and forwarding, until a namespace reaches the internet. */
export const internet: readonly Step[] = [
  {
    title: 'Try to reach the internet from a namespace',
    why:
      'The only route of a namespace is the one to its own network, which came with its address. For 8.8.8.8 it has none, and ' +
      'the kernel says so at once: nothing is sent.',
    actions: [],
    checks: [
      hasNoRoute(FAR, {
        command: 'ip netns exec pb ping 8.8.8.8',
        proves: 'pb does not know where to send what is not for its own network',
        netns: PB.netns,
      }),
    ],
  },
  {
    title: 'Make the host the default gateway',
    why:
      'A default route is for every destination that no other route is for. Its gateway is the host, by the address on the ' +
      'bridge. "ip -all netns exec" does the same in every named namespace. The packets now reach the host; that is all.',
    actions: [
      {
        command: `sudo ip -all netns exec ip route add default via ${HOST}`,
        op: plan('a default gateway for every namespace', [
          addRoute({ dst: 'default', via: HOST, netns: PB.netns }),
          addRoute({ dst: 'default', via: HOST, netns: JELLY.netns }),
        ]),
      },
    ],
    checks: [
      ...[JELLY, PB].map(({ netns, link }) =>
        hasRoute(
          { dst: 'default', via: HOST, link },
          {
            command: `sudo ip netns exec ${netns} ip route`,
            proves: `${netns} sends everything else to the host`,
            netns,
          },
        ),
      ),
      isSilent(FAR, {
        command: 'sudo ip netns exec jelly ping 8.8.8.8',
        proves: 'nobody answers yet: the host does not pass on what is not for itself',
        netns: JELLY.netns,
      }),
    ],
  },
  {
    title: 'Hide the namespaces behind the host',
    why:
      'Nobody outside knows 192.168.0.0/24, so nobody could answer. Masquerading gives what leaves the address of the link that ' +
      'it leaves by, and gives the answers the old one back. The prefix may be written with any address of it: what counts are ' +
      'its first 24 bits.',
    actions: [{ command: 'sudo iptables -t nat -A POSTROUTING -s 192.168.0.60/24 -j MASQUERADE', op: masked }],
    checks: [
      isSilent(FAR, {
        command: 'sudo ip netns exec jelly ping 8.8.8.8',
        proves: 'that alone changes nothing, for nothing is passed on yet',
        netns: JELLY.netns,
      }),
    ],
  },
  {
    title: 'Let the host pass packets on',
    why:
      'A host is not a router until it is told to be. From now on it passes on what arrives for others, and so the last of the ' +
      'three things that the way out needs is there: a route to the gateway, forwarding, and an address that can be answered.',
    actions: [{ command: 'sudo sysctl -w net.ipv4.ip_forward=1', op: enableForwarding() }],
    checks: [
      sysctlIs('net.ipv4.ip_forward', '1', { command: 'sysctl net.ipv4.ip_forward', proves: 'the host is a router' }),
      ...[JELLY, PB].map(({ netns }) =>
        answers(FAR, {
          command: `sudo ip netns exec ${netns} ping 8.8.8.8`,
          proves: `${netns} reaches the internet`,
          netns,
        }),
      ),
      fetches(
        { ...page, seenAs: '172.17.0.2' },
        {
          command: 'sudo ip netns exec jelly curl http://8.8.8.8/',
          proves: "a server outside sees the host's address, not jelly's",
          netns: JELLY.netns,
        },
      ),
      fetches(
        { ...neighbourly, seenAs: () => (bridgedIsFiltered() ? HOST : JELLY.ip) },
        {
          command: `sudo ip netns exec jelly curl http://${PB.ip}/`,
          proves:
            'where bridged packets pass through iptables too (bridge-nf-call-iptables), even pb sees the host instead of jelly',
          netns: JELLY.netns,
        },
      ),
    ],
  },
  {
    title: 'Hide only what leaves the bridge',
    why:
      'The rule of the document says nothing of where a packet goes, and so it also applies to what jelly sends to pb, if only ' +
      'by way of the bridge. "! -o brd1" spares it: the namespaces then see each other as they are.',
    actions: [
      {
        command: 'sudo iptables -t nat -D POSTROUTING -s 192.168.0.60/24 -j MASQUERADE',
        undo: [masked],
        correction: 'The document leaves it at a rule that also hides the namespaces from each other.',
      },
      {
        command: 'sudo iptables -t nat -A POSTROUTING -s 192.168.0.0/24 ! -o brd1 -j MASQUERADE',
        op: masquerade({ source: '192.168.0.0/24', notOut: BRIDGE.link }),
        correction: 'What leaves by the bridge does not leave the network.',
      },
    ],
    checks: [
      fetches(
        { ...neighbourly, seenAs: JELLY.ip },
        {
          command: `sudo ip netns exec jelly curl http://${PB.ip}/`,
          proves: 'pb sees that it is jelly who asks',
          netns: JELLY.netns,
        },
      ),
      fetches(
        { ...page, seenAs: '172.17.0.2' },
        {
          command: 'sudo ip netns exec jelly curl http://8.8.8.8/',
          proves: "outside it is the host's address still",
          netns: JELLY.netns,
        },
      ),
    ],
  },
]
