import { addRoute, attachToBridge, createBridge, setUp } from '../../ops/index.ts'
import { answers, fetches, hasRoute, isSilent, portsOf } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { creating, type Host, withContainers } from './hosts.ts'

const A: Host = {
  name: 'host-a',
  host: '192.168.50.11',
  port: { name: 'port-a' },
  containers: '10.0.1.0/24',
  gateway: '10.0.1.1',
  container: { name: 'a1', ip: '10.0.1.2' },
}
const B: Host = {
  name: 'host-b',
  host: '192.168.50.12',
  port: { name: 'port-b' },
  containers: '10.0.2.0/24',
  gateway: '10.0.2.1',
  container: { name: 'b1', ip: '10.0.2.2' },
}
const HOSTS = [A, B]
const SWITCH = 'switch0'

const aToB = { command: 'ip netns exec a1 ping 10.0.2.2', netns: A.container.name }

const towards = (from: Host, to: Host) => ({
  command: `ip -n ${from.name} route add ${to.containers} via ${to.host} dev eth0`,
  op: addRoute({ dst: to.containers, via: to.host, link: 'eth0', netns: from.name }),
})

/** Containers on several hosts that are at one switch. */
export const layer2: readonly Step[] = [
  {
    title: 'Several hosts at a switch: create the switch',
    why:
      'From here on the document describes what to do and has no commands. The hosts are namespaces, each with an eth0 and with ' +
      'containers of its own; the switch in the middle is a bridge without an address, which takes no part.',
    anew: true,
    actions: [
      { command: 'ip link add switch0 type bridge', op: createBridge({ name: SWITCH }) },
      { command: 'ip link set switch0 up', op: setUp({ link: SWITCH }) },
      ...HOSTS.flatMap((host) => [
        ...creating(host),
        {
          command: `ip link set ${host.port.name} master switch0`,
          op: attachToBridge({ link: host.port.name, bridge: SWITCH }),
        },
        { command: `ip link set ${host.port.name} up`, op: setUp({ link: host.port.name }) },
      ]),
    ],
    checks: [
      portsOf(
        SWITCH,
        HOSTS.map(({ port }) => port.name),
        { command: 'bridge link', proves: 'the hosts are at the switch' },
      ),
      answers(B.host, {
        command: 'ip netns exec host-a ping 192.168.50.12',
        proves: 'the hosts reach each other through the switch',
        netns: A.name,
      }),
    ],
  },
  withContainers(
    HOSTS,
    'Each host is set up as the one before, but with a range of addresses of its own for its containers: were they the same, ' +
      'nobody could say on which host an address is. Each host is a router for its containers.',
    isSilent(B.container.ip, { ...aToB, proves: 'host-a does not know where the containers of host-b are' }),
  ),
  {
    title: 'A route to the containers of the other host',
    why:
      'The gateway to the containers of a host is that host, which is a neighbour at the switch. Every host needs a route to every ' +
      'other, so that answers find back. No address translation takes place: the switch carries whatever it is given.',
    actions: [towards(A, B), towards(B, A)],
    checks: [
      hasRoute(
        { dst: B.containers, via: B.host, link: 'eth0' },
        { command: 'ip -n host-a route', proves: 'host-a sends to host-b what is for its containers', netns: A.name },
      ),
      answers(B.container.ip, { ...aToB, proves: 'a container on one host reaches one on the other' }),
      answers(A.container.ip, {
        command: 'ip netns exec b1 ping 10.0.1.2',
        proves: 'and the other way round',
        netns: B.container.name,
      }),
      fetches(
        {
          server: { netns: B.container.name, port: 80 },
          to: { address: B.container.ip, port: 80 },
          seenAs: A.container.ip,
        },
        {
          command: 'ip netns exec a1 curl http://10.0.2.2/',
          proves: 'a server in b1 sees the container itself',
          netns: A.container.name,
        },
      ),
    ],
  },
]
