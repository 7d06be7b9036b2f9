import { randomBytes } from 'node:crypto'
import { InvalidValueError } from '../../libc/index.ts'
import { list as listNetns } from '../../netns/index.ts'
import type { link } from '../../rtnl/index.ts'
import { addAddress } from '../address.ts'
import { attachToBridge, setUp } from '../change-link.ts'
import { createVethPair } from '../create-link.ts'
import { createNetns } from '../netns.ts'
import { ensure, type Op, plan } from '../op.ts'
import { addRoute } from '../route.ts'
import { type Context, withRoute } from '../target.ts'
import { waitForLink } from '../wait.ts'
import { describe } from './alias.ts'
import { aliasOf, type Container, isContainerName, markOf } from './container.ts'
import { containerNamed, type FoundContainer, listContainers } from './containers.ts'
import { ContainerError } from './error.ts'
import { setHairpin } from './hairpin.ts'
import { exclusively } from './lock.ts'
import { type ContainerNetwork, makingNetwork, type NetworkRecord, networkFor, rulesOfNetwork } from './network.ts'
import { type Program, startIn, stop } from './program.ts'
import { collide, formatPublication, parsePublication } from './publish.ts'
import { dismantle } from './remove.ts'
import { rulesOf } from './rules.ts'
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
  /** The process that was started in it. */
  readonly pid?: number
}

/**
 * Does in one call what Docker does for the network of a container: a namespace; the bridge of its network, where it is not there yet, with
 * an address, forwarding and masquerading; a cable from the namespace to the bridge; an address and a default route; everything up; and
 * ports of the host that lead into it, for those outside, for containers, itself among them, and for the host. What runs in it is an ordinary program:
 * only its network is another.
 *
 * Undone, all of that is taken back: the program is ended, and the network goes with the last of its containers. What there is to know of a
 * container is in the kernel, so that other processes see it (`listContainers`) and can take it away (`removeContainer`). The context's signal
 * ends it between two steps: nothing is left then.
 * @throws InvalidValueError for a name, port or network that cannot be
 * @throws ContainerError where the name, a port or the subnet is taken, the bridge is something else or of another subnet, or it is full
 * @throws PlanError where a step fails, as the ops do that it consists of
 */
export function connectContainer(settings: ContainerSettings): Op<ConnectedContainer> {
  const { name, publish = [], network = {}, process } = settings
  if (!isContainerName(name)) throw new InvalidValueError(`no name of a container: ${JSON.stringify(name)}`)
  const wanted = { name, bridge: network.bridge ?? 'ipts0', publish: publish.map(parsePublication) }
  const twice = wanted.publish.find((one, i) => wanted.publish.some((other, j) => j < i && collide(one, other)))
  if (twice !== undefined) throw new InvalidValueError(`${formatPublication(twice)}: the port is published twice`)
  if (network.subnet !== undefined) parseSubnet(network.subnet)
  return {
    summary: `connect container ${name} to ${wanted.bridge}`,
    do: (context = {}) =>
      exclusively(context, async () => {
        const others = await listContainers(context)
        refuseTaken(wanted, others)
        const found = await networkFor(wanted.bridge, network.subnet, context)
        const address = freeAddress(found.record.subnet, others)
        const container = { ...wanted, address, link: `ipts${randomBytes(4).toString('hex')}` }
        return await connect(container, found, process, context)
      }),
    async undo({ pid, ...container }, context = {}) {
      if (pid !== undefined) await stop(pid)
      // An aborted signal is no reason to leave things half undone.
      await exclusively({}, () => dismantle(container, { trace: context.trace }))
    },
    isDone: async (context = {}) => (await containerNamed(name, context))?.missing.length === 0,
  }
}

function refuseTaken({ name, publish }: Pick<Container, 'name' | 'publish'>, others: readonly FoundContainer[]): void {
  const namesake = others.find((other) => other.name === name)
  if (namesake !== undefined) {
    const rest = namesake.missing.length === 0 ? '' : `, without its ${namesake.missing.join(' and ')}: remove it first`
    throw new ContainerError('ERR_CONTAINER_EXISTS', `there is a container ${name}${rest}`)
  }
  if (listNetns().includes(name)) {
    throw new ContainerError('ERR_CONTAINER_EXISTS', `there is a network namespace ${name}, which is no container`)
  }
  for (const other of others) {
    const taken = publish.find((wanted) => other.publish.some((theirs) => collide(wanted, theirs)))
    if (taken === undefined) continue
    throw new ContainerError(
      'ERR_PORT_PUBLISHED',
      `${formatPublication(taken)}: the port leads to container ${other.name}`,
    )
  }
}

async function connect(
  container: Container,
  { record, isNew }: Awaited<ReturnType<typeof networkFor>>,
  process: Program | undefined,
  context: Context,
): Promise<ConnectedContainer> {
  const { name } = container
  // Its rules first: by them it is found and taken away, should this process be killed.
  const connecting = plan(`connect container ${name}`, [
    ...rulesOf(container),
    ...(isNew ? [makingNetwork(record)] : rulesOfNetwork(record).map(ensure)),
    creatingNamespace(container),
    ...cabling(container, record),
  ])
  const done = await connecting.do(context)
  try {
    await waitUntilForwarding(container, context)
    const pid = process === undefined ? undefined : await startIn(name, process)
    return { ...container, ...(pid !== undefined && { pid }) }
  } catch (error) {
    await connecting.undo(done, { trace: context.trace })
    throw error
  }
}

function freeAddress(subnet: Subnet, others: readonly Container[]): string {
  const used = new Set(others.map(({ address }) => address))
  for (const address of subnet.addresses()) if (!used.has(address)) return address
  throw new ContainerError('ERR_NETWORK_FULL', `no address is left in ${subnet.text}`)
}

/** With a mark, by which it is known from another one that gets its name. */
function creatingNamespace({ name, link: end }: Container): Op {
  return plan(`create namespace ${name}`, [createNetns(name), describe('lo', markOf({ link: end }), name)]) as Op
}

function cabling(container: Container, { subnet: { gateway, length } }: NetworkRecord): Op[] {
  const { name, address, bridge, link: end, publish } = container
  return [
    createVethPair({ name: end, peer: { name: 'eth0', netns: name } }),
    describe(end, aliasOf(container)),
    setUp({ link: 'lo', netns: name }),
    addAddress({ link: 'eth0', address: `${address}/${length}`, broadcast: '+', netns: name }),
    setUp({ link: 'eth0', netns: name }),
    setUp({ link: end }),
    attachToBridge({ link: end, bridge }),
    ...(publish.length === 0 ? [] : [setHairpin(end)]),
    addRoute({ dst: 'default', via: gateway, netns: name }),
  ] as Op[]
}

/** Until then nothing that is sent to it arrives. */
async function waitUntilForwarding({ link: port }: Container, context: Context): Promise<void> {
  await withRoute(undefined, context, async (route) => {
    const forwards = ({ linkinfo }: link.Link) =>
      linkinfo?.slaveKind === 'bridge' && linkinfo.slaveData?.state === 'forwarding'
    await waitForLink(route, { name: port, when: forwards }, context)
  })
}
