import { type link, neighbour } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { refused, type Tool } from '../nettools/index.ts'
import { bridgeData, bridgeNamed, findLink, listBridges, listPorts, portSettings } from './bridges.ts'

type Link = link.Link

/** `brctl show`: bridges, or those that are named, and their ports. */
export function show(names: readonly string[], tool: Tool): number {
  let status = 0
  const named = names.flatMap((name) => {
    const found = findLink(name, tool)
    if (found !== undefined && bridgeData(found) !== undefined) return [found]
    tool.complain(found === undefined ? `bridge ${name} does not exist!\n` : `device ${name} is not a bridge!\n`)
    status = 1
    return []
  })
  for (const [i, bridge] of (names.length === 0 ? listBridges(tool) : named).entries()) {
    if (i === 0) tool.out.write('bridge name\tbridge id\t\tSTP enabled\tinterfaces\n')
    const data = bridgeData(bridge)
    const ports = listPorts(bridge, tool).map(({ name }) => name)
    const stp = data?.stpState === undefined || data.stpState === 'none' ? 'no' : 'yes'
    tool.out.write(`${bridge.name}\t\t${idText(data?.bridgeId)}\t${stp}\t\t${ports.join('\n\t\t\t\t\t\t\t')}\n`)
  }
  return status
}

/** `brctl showmacs`: the stations that a bridge knows, and behind which port they are. Throws CommandFailure. */
export function showMacs(name: string, tool: Tool): number {
  let bridge: Link
  try {
    bridge = bridgeNamed(name, tool)
  } catch (error) {
    throw new CommandFailure(`read of forward table failed: ${refused(error).words}`, 1)
  }
  const ports = new Map(listPorts(bridge, tool).map((port) => [port.index, portSettings(port)?.no ?? 0]))
  const stations = [...tool.route.each(neighbour.list({ family: 'bridge', master: bridge.index }))]
    .filter(({ index, master, lladdr }) => master === bridge.index && ports.has(index) && lladdr !== undefined)
    .sort((a, b) => (a.lladdr! < b.lladdr! ? -1 : 1))
  tool.out.write('port no\tmac addr\t\tis local?\tageing timer\n')
  for (const { index, lladdr, state, cacheinfo } of stations) {
    const number = String(ports.get(index)).padStart(3)
    const isLocal = state.includes('permanent')
    const age = isLocal || state.includes('noarp') ? 0 : (cacheinfo?.updated ?? 0)
    tool.out.write(`${number}\t${lladdr}\t${isLocal ? 'yes' : 'no'}\t\t${seconds(age)}\n`)
  }
  return 0
}

/** `brctl showstp`: the spanning tree as a bridge and its ports see it. Throws CommandFailure. */
export function showStp(name: string, tool: Tool): number {
  const found = findLink(name, tool)
  if (found === undefined) throw new CommandFailure(`bridge ${name} does not exist!`, 1)
  if (bridgeData(found) === undefined) throw new CommandFailure(`device ${name} is not a bridge!`, 1)
  tool.out.write(`${name}\n${bridgeText(found)}`)
  for (const port of listPorts(found, tool)) tool.out.write(portText(port))
  return 0
}

function bridgeText(bridge: Link): string {
  const data = bridgeData(bridge)!
  const flags = `${data.topologyChange ? 'TOPOLOGY_CHANGE ' : ''}${data.topologyChangeDetected ? 'TOPOLOGY_CHANGE_DETECTED ' : ''}`
  return [
    ` bridge id\t\t${idText(data.bridgeId)}`,
    ` designated root\t${idText(data.rootId)}`,
    ` root port\t\t${number(data.rootPort)}\t\t\tpath cost\t\t${number(data.rootPathCost)}`,
    ` max age\t\t${seconds(data.maxAge)}\t\t\tbridge max age\t\t${seconds(data.maxAge)}`,
    ` hello time\t\t${seconds(data.helloTime)}\t\t\tbridge hello time\t${seconds(data.helloTime)}`,
    ` forward delay\t\t${seconds(data.forwardDelay)}\t\t\tbridge forward delay\t${seconds(data.forwardDelay)}`,
    ` ageing time\t\t${seconds(data.ageingTime)}`,
    ` hello timer\t\t${seconds(data.helloTimer)}\t\t\ttcn timer\t\t${seconds(data.tcnTimer)}`,
    ` topology change timer\t${seconds(data.topologyChangeTimer)}\t\t\tgc timer\t\t${seconds(data.gcTimer)}`,
    ` flags\t\t\t${flags}\n\n\n`,
  ].join('\n')
}

function portText(port: Link): string {
  const settings = portSettings(port)!
  const flags = `${settings.configPending ? 'CONFIG_PENDING ' : ''}${settings.topologyChangeAck ? 'TOPOLOGY_CHANGE_ACK ' : ''}`
  return [
    `${port.name} (${settings.no ?? 0})`,
    ` port id\t\t${hex(settings.id)}\t\t\tstate\t\t${String(settings.state).padStart(15)}`,
    ` designated root\t${idText(settings.rootId)}\tpath cost\t\t${number(settings.cost)}`,
    ` designated bridge\t${idText(settings.bridgeId)}\tmessage age timer\t${seconds(settings.messageAgeTimer)}`,
    ` designated port\t${hex(settings.designatedPort)}\t\t\tforward delay timer\t${seconds(settings.forwardDelayTimer)}`,
    ` designated cost\t${number(settings.designatedCost)}\t\t\thold timer\t\t${seconds(settings.holdTimer)}`,
    ` flags\t\t\t${flags}`,
    ...(settings.mode ? [` hairpin mode\t\t${number(1)}`] : []),
    '\n',
  ].join('\n')
}

/** The priority and the address. */
function idText(id: { readonly prio: number; readonly addr: string } | undefined): string {
  return id === undefined ? '' : `${hex(id.prio)}.${id.addr.replaceAll(':', '')}`
}

const number = (value: number | undefined) => String(value ?? 0).padStart(4)
const hex = (value: number | undefined) => (value ?? 0).toString(16).padStart(4, '0')
/** Hundredths of a second. */
const seconds = (value: number | bigint | undefined) => (Number(value ?? 0) / 100).toFixed(2).padStart(7)
