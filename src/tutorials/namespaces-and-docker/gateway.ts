import { addRoute, enableForwarding, masquerade } from '../../ops/index.ts'
import { attempt } from '../attempt.ts'
import { answers, bridgedIsFiltered, fetches, hasNoRoute, hasRoute, isSilent, OUTSIDE } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { BLUE, BRIDGE, FAR, NETWORK, OTHER, RED } from './names.ts'

const inRed = { netns: RED.netns }
const pingOther = { command: 'ip netns exec red ping 172.17.0.3', ...inRed }
const pingFar = { command: 'ip netns exec red ping 8.8.8.8', ...inRed }
const askBlue = { server: { netns: BLUE.netns, port: 80 }, to: { address: BLUE.ip, port: 80 } } as const
const curlBlue = { command: 'ip netns exec red curl http://192.168.15.2/', ...inRed }

const masked = masquerade({ source: NETWORK })

/** The way out of the namespaces, to the host's neighbours and to the internet. */
export const gateway: readonly Step[] = [
  {
    title: 'Try to reach a neighbour of the host',
    why:
      'Another host, 172.17.0.3, is on the network of eth0. Red has a route to its own network only. The document expects "host ' +
      'not reachable"; what the kernel says is that the network is unreachable, for it does not even know whom to ask.',
    actions: [],
    checks: [hasNoRoute(OTHER, { ...pingOther, proves: 'red has no route to 172.17.0.3' })],
  },
  {
    title: 'Name the gateway',
    why:
      'The host is in both networks, and so can be the gateway from one to the other. A gateway is a host: its address has no ' +
      'prefix length. And a route is to a network: 172.17.0.3 is no network of 15 bits, the last bits of which would be 0.',
    actions: [
      {
        command: 'ip netns exec red ip route add 172.17.0.3/15 via 192.168.15.5/24',
        mistake: 'The gateway is written with the length of a prefix.',
        op: attempt('add route 172.17.0.3/15 via 192.168.15.5/24', () =>
          addRoute({ dst: '172.17.0.3/15', via: BRIDGE.address, ...inRed }),
        ),
      },
      {
        command: 'ip netns exec red ip route add 172.17.0.3/15 via 192.168.15.5',
        mistake: 'With that corrected, there is a network with bits beyond its length.',
        op: attempt('add route 172.17.0.3/15 via 192.168.15.5', () =>
          addRoute({ dst: '172.17.0.3/15', via: BRIDGE.ip, ...inRed }),
        ),
      },
      {
        command: 'ip netns exec red ip route add 172.17.0.0/16 via 192.168.15.5',
        op: addRoute({ dst: '172.17.0.0/16', via: BRIDGE.ip, ...inRed }),
        correction: 'The network of eth0, by the address of the host on the bridge.',
      },
    ],
    checks: [
      hasRoute(
        { dst: '172.17.0.0/16', via: BRIDGE.ip, link: RED.link },
        { command: 'ip -n red route', proves: 'red sends to the host what is for that network', ...inRed },
      ),
      isSilent(OTHER, { ...pingOther, proves: 'red can send now, and nobody answers' }),
    ],
  },
  {
    title: 'Let the host pass packets on',
    why:
      'A gateway has to pass on what is not for itself. The document does not say so, for Docker has told the kernel already ' +
      'where it was written; this host has to be told. And still no answer comes: 172.17.0.3 does not know the way to 192.168.15.1.',
    actions: [
      {
        command: 'sysctl -w net.ipv4.ip_forward=1',
        op: enableForwarding(),
        correction: 'The document takes for granted that the host is a router.',
      },
    ],
    checks: [isSilent(OTHER, { ...pingOther, proves: 'what red asks arrives now, and cannot be answered' })],
  },
  {
    title: 'Hide the namespaces behind the host',
    why:
      'With address translation the neighbour sees the address of the host, which it can answer, and the host gives the answer to ' +
      'whoever it is for.',
    actions: [{ command: 'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE', op: masked }],
    checks: [
      answers(OTHER, { ...pingOther, proves: 'red reaches the neighbour of the host' }),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: OTHER, port: 80 }, seenAs: '172.17.0.2' },
        { command: 'ip netns exec red curl http://172.17.0.3/', proves: 'which sees the host', ...inRed },
      ),
      fetches(
        { ...askBlue, seenAs: () => (bridgedIsFiltered() ? BRIDGE.ip : RED.ip) },
        {
          ...curlBlue,
          proves:
            'where bridged packets pass through iptables too (bridge-nf-call-iptables), blue sees the host as well',
        },
      ),
    ],
  },
  {
    title: 'Hide only what leaves the bridge',
    why: 'The rule says nothing of where a packet goes, and applies between red and blue too. They had better see each other.',
    actions: [
      {
        command: 'iptables -t nat -D POSTROUTING -s 192.168.15.0/24 -j MASQUERADE',
        undo: [masked],
        correction: 'The document leaves it at a rule that also hides the namespaces from each other.',
      },
      {
        command: 'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 ! -o v-net-0 -j MASQUERADE',
        op: masquerade({ source: NETWORK, notOut: BRIDGE.link }),
        correction: 'What leaves by the bridge does not leave the network.',
      },
    ],
    checks: [
      fetches({ ...askBlue, seenAs: RED.ip }, { ...curlBlue, proves: 'blue sees that it is red who asks' }),
      answers(OTHER, { ...pingOther, proves: 'the way out is as it was' }),
    ],
  },
  {
    title: 'Reach the internet',
    why:
      'What no other route is for takes the default route. The document again gives the gateway the length of a prefix, which is ' +
      'refused again.',
    actions: [
      {
        command: 'ip netns exec red ip route add default via 192.168.15.5/24',
        mistake: 'The gateway is written with the length of a prefix.',
        op: attempt('add route default via 192.168.15.5/24', () =>
          addRoute({ dst: 'default', via: BRIDGE.address, ...inRed }),
        ),
      },
      {
        command: 'ip netns exec red ip route add default via 192.168.15.5',
        op: addRoute({ dst: 'default', via: BRIDGE.ip, ...inRed }),
        correction: 'A gateway is a host, and has an address alone.',
      },
    ],
    checks: [
      answers(FAR, { ...pingFar, proves: 'red reaches the internet' }),
      hasNoRoute(FAR, {
        command: 'ip netns exec blue ping 8.8.8.8',
        proves: 'blue does not: nobody has given it a route',
        netns: BLUE.netns,
      }),
    ],
  },
]
