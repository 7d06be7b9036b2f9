import { addRoute, allowForward, enableForwarding, masquerade, publishPort, setForwardPolicy } from '../../ops/index.ts'
import { answers, cannotFetch, fetches, hasNoRoute, isSilent, OUTSIDE, sysctlIs } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { FAR, HOST, NETWORK, RED } from './names.ts'

const inRed = { netns: RED.netns }
const closed = setForwardPolicy('drop')
/** From outside to the port of the host, behind which red serves. */
const published = { server: { ...inRed, port: 80 }, to: { address: HOST.uplink, port: 8080 } } as const
const fromOutside = { command: 'curl http://172.17.0.2:8080/', netns: OUTSIDE } as const

/** Out of the namespace through the host, and from outside into it. */
export const outside: readonly Step[] = [
  {
    title: 'Let the host pass packets on',
    why:
      'To reach a server outside, red sends to the host, and the host sends on. A host throws away what is not for itself unless ' +
      'it is told to be a router. The document speaks of routing at this point and gives red no route: it cannot even send.',
    actions: [{ command: 'sudo sysctl -w net.ipv4.ip_forward=1', op: enableForwarding() }],
    checks: [
      sysctlIs('net.ipv4.ip_forward', '1', { command: 'sysctl net.ipv4.ip_forward', proves: 'the host is a router' }),
      hasNoRoute(FAR, {
        command: 'sudo ip netns exec red ping 8.8.8.8',
        proves: 'red does not know that the host is the way out',
        ...inRed,
      }),
    ],
  },
  {
    title: 'Make the host the gateway of red',
    why: 'A default route is taken for all that no other route is for. Now the packets leave; nobody outside knows where to answer.',
    actions: [
      {
        command: 'sudo ip netns exec red ip route add default via 192.168.15.10',
        op: addRoute({ dst: 'default', via: HOST.ip, ...inRed }),
        correction: 'The document has no command for the route that it speaks of.',
      },
    ],
    checks: [
      isSilent(FAR, {
        command: 'sudo ip netns exec red ping 8.8.8.8',
        proves: 'outside, 192.168.15.1 is an address that cannot be answered',
        ...inRed,
      }),
    ],
  },
  {
    title: 'Hide red behind the host',
    why:
      'Network address translation: what comes from the private network and leaves by eth0 gets the address of eth0. The kernel ' +
      'remembers the connection, and turns the answers back.',
    actions: [
      {
        command: 'sudo iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -o eth0 -j MASQUERADE',
        op: masquerade({ source: NETWORK, out: 'eth0' }),
      },
    ],
    checks: [
      answers(FAR, {
        command: 'sudo ip netns exec red ping 8.8.8.8',
        proves: 'red reaches the outside world',
        ...inRed,
      }),
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 }, seenAs: HOST.uplink },
        {
          command: 'sudo ip netns exec red curl http://8.8.8.8/',
          proves: 'the server outside sees the host',
          ...inRed,
        },
      ),
    ],
  },
  {
    title: 'Close the host to what it passes on',
    why:
      'The document is about to let a connection through. That means something only where it would not get through by itself: ' +
      'on hosts where the policy of the chain FORWARD is to drop, as Docker makes it. So this host becomes one.',
    actions: [
      {
        command: 'sudo iptables -P FORWARD DROP',
        op: closed,
        correction: 'Without it the ACCEPT of the document would change nothing, and could not be tried.',
      },
    ],
    checks: [isSilent(FAR, { command: 'sudo ip netns exec red ping 8.8.8.8', proves: 'red is cut off', ...inRed })],
  },
  {
    title: 'Forward a port of the host to red',
    why:
      'Before it decides where a packet goes, the host changes whom it is for: what comes for its port 8080 is for port 80 of red ' +
      'from then on. Then the packet is passed on, if it may be: the second rule lets in what goes to that port.',
    actions: [
      {
        command: 'sudo iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.1:80',
        op: publishPort({ port: 8080, to: `${RED.ip}:80` }),
      },
      {
        command:
          'sudo iptables -A FORWARD -p tcp -d 192.168.15.1 --dport 80 -m state --state NEW,ESTABLISHED,RELATED -j ACCEPT',
        op: allowForward({ protocol: 'tcp', destination: RED.ip, port: 80, states: ['new', 'established', 'related'] }),
      },
    ],
    checks: [
      cannotFetch(published, {
        ...fromOutside,
        proves: 'that is not enough where the policy is to drop: what red answers is not for its own port 80',
      }),
    ],
  },
  {
    title: 'Let the answers out',
    why: 'What belongs to a connection that was let in may go either way. This rule is on every firewall that keeps states.',
    actions: [
      {
        command: 'sudo iptables -A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT',
        op: allowForward({ states: ['established', 'related'] }),
        correction: 'The document lets the requests in and not the answers out.',
      },
    ],
    checks: [
      fetches(
        { ...published, seenAs: '172.17.0.1' },
        {
          ...fromOutside,
          proves: 'a client outside gets a page from red by port 8080 of the host, and red sees who it is',
        },
      ),
      cannotFetch(published, {
        command: 'curl http://172.17.0.2:8080/',
        proves: 'the host itself does not: what it sends does not pass through PREROUTING',
      }),
      isSilent(FAR, {
        command: 'sudo ip netns exec red ping 8.8.8.8',
        proves: 'what red begins itself is dropped still',
        ...inRed,
      }),
    ],
  },
  {
    title: 'Open the host again',
    why: 'The rest of the document takes place on a host that passes on everything.',
    actions: [
      {
        command: 'sudo iptables -P FORWARD ACCEPT',
        undo: [closed],
        correction: 'Bridged packets pass through FORWARD too, and a bridge is what comes next.',
      },
    ],
    checks: [
      answers(FAR, {
        command: 'sudo ip netns exec red ping 8.8.8.8',
        proves: 'red reaches the outside again',
        ...inRed,
      }),
    ],
  },
]
