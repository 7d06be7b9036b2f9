import { randomBytes } from 'node:crypto'
import type { FileIdentity } from '../../netns/index.ts'
import type { link } from '../../rtnl/index.ts'
import { addAddress } from '../address.ts'
import { attachToBridge, setUp } from '../change-link.ts'
import { createVethPair } from '../create-link.ts'
import { allowForward, publishPort } from '../firewall/index.ts'
import { createNetns } from '../netns.ts'
import { type Op, plan } from '../op.ts'
import { addRoute } from '../route.ts'
import { type Context, withRoute } from '../target.ts'
import { waitForLink } from '../wait.ts'
import { describe } from './alias.ts'
import { aliasOf, type Container, containerNamed, dismantle, listContainers, ownerOfRules } from './containers.ts'
import { exclusively } from './lock.ts'
import { type ContainerNetwork, dissolveNetwork, makingNetwork, networkOf } from './network.ts'
import { type Program, startIn, stop } from './program.ts'
import { type Publication, parsePublication } from './publish.ts'
import { parseSubnet, type Subnet } from './subnet.ts'

export interface ContainerSettings {
  /** The name of its namespace, `ip netns exec NAME …` gets into it: letters, digits, `_`, `.` and `-`. */
  readonly name: string
  /** What runs in it, and ends with it; nothing unless told. */
  readonly process?: Program
  /** Ports of this host that lead into it: `8080:80`, `192.0.2.1:8080:80`, `53:53/udp`. */
  readonly publish?: readonly string[]
  /** The network that it is in, which is made with its first container and goes with its last one. */
  readonly network?: ContainerNetwork
}

/** A container that has been connected. */
export interface ConnectedContainer extends Container {
  /** Its namespace. */
  readonly netns: FileIdentity
  /** The process that was started in it. */
  readonly pid?: number
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/

/**
 * Does in one call what Docker does for the network of a container: a namespace; the bridge of its network, where it is not there yet, with
 * an address, forwarding and masquerading; a cable from the namespace to the bridge; an address and a default route; everything up; and
 * ports of the host that lead into it, for those outside, for other containers, and for the host itself but by 127.0.0.1. What runs in it is an
 * ordinary program: only its network is another.
 *
 * Undone, all of that is taken back: the program is ended, and the network goes with the last of its containers. What there is to know of a
 * container is in the kernel, so that other processes see it (`listContainers`) and can take it away (`removeContainer`).
 * @throws RangeError for a name, port or network that cannot be, or a network that is full; else as the ops that it consists of
 */
export function connectContainer(settings: ContainerSettings): Op<ConnectedContainer> {
  const { name, publish = [], network = {} } = settings
  if (!NAME.test(name)) throw new RangeError(`no name of a container: ${JSON.stringify(name)}`)
  for (const text of publish) parsePublication(text)
  const bridge = network.bridge ?? 'ipts0'
  const wanted = parseSubnet(network.subnet ?? '172.18.0.0/16')
  return {
    summary: `connect container ${name} to ${bridge}`,
    do: (context = {}) =>
      exclusively(context, async () => {
        const existing = await networkOf(bridge, context)
        if (existing === undefined) await makingNetwork(bridge, wanted).do(context)
        try {
          return await connect(settings, bridge, existing ?? wanted, context)
        } catch (error) {
          await dissolveNetwork(bridge, context)
          throw error
        }
      }),
    async undo({ pid, netns, ...container }, context = {}) {
      if (pid !== undefined) await stop(pid)
      // An aborted signal is no reason to leave things half undone.
      await exclusively({}, () => dismantle(container, context, netns))
    },
    isDone: async (context = {}) => (await containerNamed(name, context)) !== undefined,
  }
}

async function connect(
  { name, publish = [], process }: ContainerSettings,
  bridge: string,
  subnet: Subnet,
  context: Context,
): Promise<ConnectedContainer> {
  const address = await freeAddress(subnet, context)
  const container = { name, address, bridge, publish: publish.map(parsePublication) }
  const connecting = connection(container, subnet)
  const done = await connecting.do(context)
  try {
    await waitUntilForwarding(container, context)
    const pid = process === undefined ? undefined : await startIn(name, process)
    return { ...container, netns: done[0] as FileIdentity, ...(pid !== undefined && { pid }) }
  } catch (error) {
    await connecting.undo(done, { trace: context.trace })
    throw error
  }
}

async function freeAddress(subnet: Subnet, context: Context): Promise<string> {
  const used = new Set((await listContainers(context)).map(({ address }) => address))
  for (const address of subnet.addresses()) if (!used.has(address)) return address
  throw new RangeError(`no address is left in ${subnet.text}`)
}

/** All that concerns this container alone. */
function connection(container: Container, { gateway, length }: Subnet): Op<readonly unknown[]> {
  const { name, address, bridge, publish } = container
  const end = `ipts${randomBytes(4).toString('hex')}`
  const owner = ownerOfRules(name)
  return plan(`connect container ${name}`, [
    createNetns(name),
    createVethPair({ name: end, peer: { name: 'eth0', netns: name } }),
    describe(end, aliasOf(container)),
    setUp({ link: 'lo', netns: name }),
    addAddress({ link: 'eth0', address: `${address}/${length}`, broadcast: '+', netns: name }),
    setUp({ link: 'eth0', netns: name }),
    setUp({ link: end }),
    attachToBridge({ link: end, bridge }),
    addRoute({ dst: 'default', via: gateway, netns: name }),
    ...publish.flatMap((publication) => opening(publication, address, bridge, owner)),
  ])
}

/** From outside, from this host, and through the firewall. */
function opening(
  { port, containerPort, protocol, address: only }: Publication,
  address: string,
  bridge: string,
  owner: string,
): Op[] {
  const common = {
    port,
    protocol,
    to: `${address}:${containerPort}`,
    owner,
    ...(only !== undefined && { address: only }),
  }
  return [
    publishPort({ ...common, toSelf: true }),
    publishPort({ ...common, local: true }),
    allowForward({ out: bridge, protocol, destination: address, port: containerPort, first: true, owner }),
  ]
}

/** Until then nothing that is sent to it arrives. */
async function waitUntilForwarding({ name }: Container, context: Context): Promise<void> {
  const port = (await containerNamed(name, context))?.link
  if (port === undefined) return
  await withRoute(undefined, context, async (route) => {
    const forwards = ({ linkinfo }: link.Link) =>
      linkinfo?.slaveKind === 'bridge' && linkinfo.slaveData?.state === 'forwarding'
    await waitForLink(route, { name: port, when: forwards }, context)
  })
}
