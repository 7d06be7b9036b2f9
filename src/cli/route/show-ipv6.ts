import { readFileSync } from 'node:fs'
import { errnoMessage } from '../../libc/index.ts'
import { formatIpv6 } from '../../netlink/index.ts'
import { ipv6RouteCall } from '../../rtnl/index.ts'
import { hostName, type Tool } from '../nettools/index.ts'

const FILE = '/proc/net/ipv6_route'
const { IPV6_ROUTE_FLAGS: FLAGS } = ipv6RouteCall

/** The letters of a route's flags, in the order in which they stand. */
const LETTERS: readonly (readonly [flag: keyof typeof FLAGS, letter: string])[] = [
  ['up', 'U'],
  ['reject', '!'],
  ['gateway', 'G'],
  ['host', 'H'],
  ['default', 'D'],
  ['addrconf', 'A'],
  ['cache', 'C'],
  ['all-on-link', 'a'],
  ['expires', 'e'],
  ['modified', 'm'],
  ['no-next-hop', 'n'],
  ['flow', 'f'],
]

const TITLES = 'Destination                    Next Hop                   Flag Met Ref  Use If\n'

/** Shows the routes of all tables, or with `cached` those that the kernel has worked out of them. */
export async function showIpv6(
  { numeric, cached }: { numeric: boolean; cached: boolean },
  tool: Tool,
): Promise<number> {
  const { out } = tool
  let text: string
  try {
    text = readFileSync(FILE, 'latin1')
  } catch (error) {
    tool.complain(`${FILE}: ${errnoMessage(-((error as NodeJS.ErrnoException).errno ?? 0))}\n`)
    out.write('INET6 (IPv6) not configured in this system.\n')
    return 1
  }
  out.write(`Kernel IPv6 routing ${cached ? 'cache' : 'table'}\n${TITLES}`)
  for (const line of text.split('\n')) {
    // Destination, source, next hop, and what is of the route itself: proc_net_ipv6_route is told of in net/ipv6/route.c alone.
    const [dst, length, , , gateway, metric, references, uses, flags, device] = line.trim().split(/\s+/)
    if (device === undefined) continue
    const value = number(flags)
    if (((value & FLAGS.cache) !== 0) !== cached) continue
    const name = (hex: string | undefined) => nameOf(addressOf(hex), numeric)
    const letters = LETTERS.filter(([flag]) => (value & FLAGS[flag]) !== 0).map(([, letter]) => letter)
    const cells = [
      `${await name(dst)}/${number(length)}`.padEnd(30),
      (await name(gateway)).padEnd(26),
      letters.join('').padEnd(4),
      String(number(metric) | 0).padEnd(3),
      String(number(references) | 0),
      String(number(uses) | 0).padStart(6),
      device,
    ]
    out.write(`${cells.join(' ')}\n`)
  }
  return 0
}

const number = (hex = '') => Number.parseInt(hex, 16)

function addressOf(hex = ''): string {
  return formatIpv6(new Uint8Array(Buffer.from(hex, 'hex')), 0)
}

async function nameOf(address: string, numeric: boolean): Promise<string> {
  const name = numeric ? address : address === '::' ? '[::]' : ((await hostName(address)) ?? address)
  // Of a mapped address the IPv4 part is shown.
  return /^::ffff:[\d.]+$/.test(address) ? name.slice(name.lastIndexOf(':') + 1) : name
}
