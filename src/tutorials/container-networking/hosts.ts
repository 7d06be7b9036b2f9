import {
  addAddress,
  addRoute,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  enableForwarding,
  setUp,
} from '../../ops/index.ts'
import { answers, portsOf } from '../checks/index.ts'
import type { Check, Doing, Step } from '../tutorial.ts'

/** A host: a namespace whose eth0 leads to the others, with a bridge for the network of its containers. */
export interface Host {
  readonly name: string
  /** The host's own address. */
  readonly host: string
  /** Where the other end of its cable is, under which name. */
  readonly port: { readonly name: string; readonly netns?: string }
  readonly containers: string
  /** The address of its bridge, which is the gateway of its containers. */
  readonly gateway: string
  readonly container: { readonly name: string; readonly ip: string }
}

/** A namespace for a host, with eth0 at one end of a cable. */
export function creating({ name, host, port }: Host): Doing[] {
  const place = port.netns === undefined ? '' : ` netns ${port.netns}`
  return [
    { command: `ip netns add ${name}`, op: createNetns(name) },
    {
      command: `ip link add ${port.name}${place} type veth peer name eth0 netns ${name}`,
      op: createVethPair({ name: port.name, netns: port.netns, peer: { name: 'eth0', netns: name } }),
    },
    {
      command: `ip -n ${name} addr add ${host}/24 dev eth0`,
      op: addAddress({ link: 'eth0', address: `${host}/24`, netns: name }),
    },
    { command: `ip -n ${name} link set eth0 up`, op: setUp({ link: 'eth0', netns: name }) },
  ]
}

/** A container on each host, as in the configuration of one host, and every host a router. */
export function withContainers(hosts: readonly Host[], why: string, alone: Check): Step {
  return {
    title: 'A bridge and a container on each host',
    why,
    actions: hosts.flatMap(populating),
    checks: [
      ...hosts.flatMap(({ name, container, gateway }) => [
        portsOf('br0', [`to-${container.name}`], {
          command: `bridge -n ${name} link`,
          proves: `${container.name} is at the bridge of ${name}`,
          netns: name,
        }),
        answers(gateway, {
          command: `ip netns exec ${container.name} ping ${gateway}`,
          proves: `${container.name} reaches its host`,
          netns: container.name,
        }),
      ]),
      alone,
    ],
  }
}

function populating({ name, gateway, container }: Host): Doing[] {
  const { name: inside, ip } = container
  const port = `to-${inside}`
  return [
    { command: `ip -n ${name} link add br0 type bridge`, op: createBridge({ name: 'br0', netns: name }) },
    {
      command: `ip -n ${name} addr add ${gateway}/24 dev br0`,
      op: addAddress({ link: 'br0', address: `${gateway}/24`, netns: name }),
    },
    { command: `ip netns add ${inside}`, op: createNetns(inside) },
    {
      command: `ip link add ${port} netns ${name} type veth peer name eth0 netns ${inside}`,
      op: createVethPair({ name: port, netns: name, peer: { name: 'eth0', netns: inside } }),
    },
    {
      command: `ip -n ${name} link set ${port} master br0`,
      op: attachToBridge({ link: port, bridge: 'br0', netns: name }),
    },
    {
      command: `ip -n ${inside} addr add ${ip}/24 dev eth0`,
      op: addAddress({ link: 'eth0', address: `${ip}/24`, netns: inside }),
    },
    { command: `ip -n ${name} link set br0 up`, op: setUp({ link: 'br0', netns: name }) },
    { command: `ip -n ${name} link set ${port} up`, op: setUp({ link: port, netns: name }) },
    { command: `ip -n ${inside} link set eth0 up`, op: setUp({ link: 'eth0', netns: inside }) },
    {
      command: `ip -n ${inside} route add default via ${gateway}`,
      op: addRoute({ dst: 'default', via: gateway, netns: inside }),
    },
    {
      command: `ip netns exec ${name} sysctl -w net.ipv4.ip_forward=1`,
      op: enableForwarding({ netns: name }),
    },
  ]
}
