import { route } from '../../rtnl/index.ts'
import { dotted, hostName, networkName, refused, type Tool, undotted } from '../nettools/index.ts'

const MAIN = 254
const REJECTED = ['unreachable', 'prohibit']

/** A route as /proc/net/route tells it (net/ipv4/fib_trie.c, fib_route_seq_show). */
interface Row {
  readonly destination: string
  readonly gateway: string
  readonly length: number
  readonly flags: string
  readonly isRejected: boolean
  readonly metric: number
  readonly device: string
  readonly mss: number
  readonly window: number
  readonly irtt: number
}

const TITLES: Readonly<Record<number, string>> = {
  1: 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
  2: 'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n',
  3: 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    MSS   Window irtt\n',
}

/** Shows the main table. `extent` 1 is the usual, 2 and 3 say other things and more. */
export async function show({ numeric, extent }: { numeric: boolean; extent: number }, tool: Tool): Promise<number> {
  tool.out.write(`Kernel IP routing table\n${TITLES[extent] ?? ''}`)
  const table = mainTable(tool)
  if (table === undefined) return 1
  for (const found of table) {
    if (found.table !== MAIN || found.type === 'broadcast' || found.type === 'multicast') continue
    tool.out.write(await text(rowOf(found, tool), numeric, extent))
  }
  return 0
}

/** Undefined in a namespace that has never had a route. */
function mainTable(tool: Tool): route.Route[] | undefined {
  try {
    return [...tool.route.each(route.list({ family: 'inet', table: MAIN }))]
  } catch (error) {
    if (refused(error).code === 'ENOENT') return undefined
    throw error
  }
}

function rowOf(found: route.Route, { devices }: Tool): Row {
  const [address = '', digits] = found.dst === 'default' ? ['0.0.0.0', '0'] : found.dst.split('/')
  const length = Number(digits ?? 32)
  const hop = found.multipath?.[0]
  const gateway = found.via ?? hop?.via
  const index = found.oif ?? hop?.oif ?? 0
  const isRejected = REJECTED.includes(String(found.type))
  const { advmss, window, rtt } = found.metrics ?? {}
  const flags = `${isRejected ? '!' : `U${gateway === undefined ? '' : 'G'}`}${length === 32 ? 'H' : ''}`
  return {
    destination: address,
    gateway: gateway ?? '0.0.0.0',
    length,
    flags,
    isRejected,
    metric: found.metric ?? 0,
    device: index === 0 ? '*' : devices.name(index),
    mss: advmss === undefined ? 0 : advmss + 40,
    window: window ?? 0,
    // Kept as eighths.
    irtt: (rtt ?? 0) >>> 3,
  }
}

async function text(row: Row, numeric: boolean, extent: number): Promise<string> {
  const { flags, metric, device, mss, window, irtt } = row
  const cell = (word: string, width = 15) => word.slice(0, 15).padEnd(width)
  const mask = dotted(maskOf(row.length))
  const destination = cell(numeric ? row.destination : await nameOf(row.destination, row.length))
  if (row.isRejected) {
    const start = `${destination} -               ${cell(mask)} ${flags.padEnd(5)}`
    if (extent === 1) return `${start} ${left(metric, 6)} -  ${right(0, 7)} -\n`
    if (extent === 2) return `${start}     - -          - -\n`
    return extent === 3 ? `${start} ${left(metric, 6)} -  ${right(0, 7)} -        -     -      -\n` : ''
  }
  const gateway = cell(numeric || row.gateway === '0.0.0.0' ? row.gateway : await nameOf(row.gateway, 32))
  const start = `${destination} ${gateway} ${cell(mask)} ${flags.padEnd(5)}`
  if (extent === 1) return `${start} ${left(metric, 6)} 0  ${right(0, 7)} ${device}\n`
  if (extent === 2) return `${start} ${right(mss, 5)} ${left(window, 5)} ${right(irtt, 6)} ${device}\n`
  if (extent !== 3) return ''
  return `${start} ${left(metric, 6)} 0   ${right(0, 6)} ${cell(device.slice(0, 6), 6)}   ${left(mss, 5)} ${left(window, 6)} ${irtt}\n`
}

const left = (number: number, width: number) => String(number).padEnd(width)
const right = (number: number, width: number) => String(number).padStart(width)

/** The name of a host, or of a network whose address has nothing behind the mask. */
async function nameOf(address: string, length: number): Promise<string> {
  if (address === '0.0.0.0') return length === 0 ? 'default' : address
  const isHost = length === 32 || (undotted(address) & ~maskOf(length)) !== 0
  return (isHost ? await hostName(address) : networkName(address)) ?? address
}

function maskOf(length: number): number {
  return length === 0 ? 0 : (-1 << (32 - length)) >>> 0
}
