import { neighbour } from '../../rtnl/index.ts'
import { type Hardware, hardwareNamed, hardwareOf, hostName, resolveHost, type Tool } from '../nettools/index.ts'
import type { ArpOptions } from './options.ts'

/** An entry as /proc/net/arp tells it. */
interface Entry {
  readonly address: string
  readonly hardware: Hardware
  /** Whether there is an address, and whether it stays. */
  readonly isComplete: boolean
  readonly isPermanent: boolean
  /** An address that this host answers for. */
  readonly isPublished: boolean
  readonly lladdr: string
  readonly device: string
}

/** States in which the hardware address is known (NUD_VALID, include/net/neighbour.h). */
const VALID = ['permanent', 'noarp', 'reachable', 'probe', 'stale', 'delay']

/** Shows the ARP cache, or the entry of one host. Returns the exit status. Throws CommandFailure for a host that is unknown. */
export async function show(name: string | undefined, options: ArpOptions, tool: Tool): Promise<number> {
  const { out } = tool
  const host = name === undefined ? undefined : (await resolveHost(name)).address
  const entries = readEntries(tool)
  const wanted = entries.filter(
    ({ address, hardware, device }) =>
      (options.hardware === undefined || hardware.type === options.hardware.type) &&
      (host === undefined || address === host) &&
      (options.device === undefined || device === options.device),
  )
  for (const [i, entry] of wanted.entries()) {
    const known = options.numeric ? undefined : await hostName(entry.address)
    if (options.table) out.write((i === 0 ? TITLE : '') + row(entry, known ?? entry.address))
    else out.write(sentence(entry, known ?? '?'))
  }
  if (options.verbose) {
    out.write(`Entries: ${entries.length}\tSkipped: ${entries.length - wanted.length}\tFound: ${wanted.length}\n`)
  }
  if (wanted.length === 0) {
    if (host !== undefined && !options.all) out.write(`${name} (${host}) -- no entry\n`)
    else if (options.hardware !== undefined || host !== undefined || options.device !== undefined) {
      out.write(`arp: in ${entries.length} entries no match found.\n`)
    }
  }
  return 0
}

function readEntries({ route, devices }: Tool): Entry[] {
  const entryOf = (found: neighbour.Neighbour, isPublished: boolean): Entry => {
    const device = found.index === 0 ? '*' : devices.name(found.index)
    return {
      address: found.dst ?? '',
      // Of an address without a device the kernel says type 0.
      hardware: hardwareOf(devices.known(found.index)?.type ?? 'netrom'),
      isComplete: !isPublished && found.state.some((state) => VALID.includes(String(state))),
      isPermanent: isPublished || found.state.includes('permanent'),
      isPublished,
      lladdr: found.lladdr ?? '',
      device,
    }
  }
  const isShown = ({ state }: neighbour.Neighbour) => state.some((one) => one !== 'noarp')
  const neighbours = [...route.each(neighbour.list({ family: 'inet' }))].filter(isShown)
  const proxies = [...route.each(neighbour.list({ family: 'inet', proxy: true }))]
  return [...neighbours.map((found) => entryOf(found, false)), ...proxies.map((found) => entryOf(found, true))]
}

const TITLE = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n'

const cell = (text: string, width: number, most = width) => text.slice(0, most).padEnd(width)

function row(entry: Entry, name: string): string {
  const flags = `${entry.isComplete ? 'C' : ''}${entry.isPermanent ? 'M' : ''}${entry.isPublished ? 'P' : ''}`
  const hardware = nameOf(entry.hardware)
  const [kind, address] = entry.isComplete
    ? [hardware, entry.lladdr]
    : entry.isPublished
      ? ['*', '<from_interface>']
      : ['', '(incomplete)']
  return `${cell(name, 23)}  ${cell(kind, 8)}${cell(address, 20)}${cell(flags, 6)}${cell('', 15)} ${entry.device}\n`
}

function sentence(entry: Entry, name: string): string {
  const { address, hardware, lladdr, device, isComplete, isPermanent, isPublished } = entry
  const place = isComplete ? `${lladdr} [${nameOf(hardware)}] ` : isPublished ? '<from_interface> ' : '<incomplete> '
  return `${name} (${address}) at ${place}${isPermanent ? 'PERM ' : ''}${isPublished ? 'PUB ' : ''}on ${device}\n`
}

/** Unknown hardware is taken for Ethernet. */
function nameOf(hardware: Hardware): string {
  return hardware.name === 'unspec' ? hardwareNamed('ether')!.name : hardware.name
}
