import { parseIpv6 } from '../../netlink/index.ts'
import { link } from '../../rtnl/index.ts'
import { dotted, hardwareOf } from '../nettools/index.ts'
import type { Interface, Link } from './interfaces.ts'

/** Flags with their words, in the order in which they are printed. */
const FLAGS: readonly (readonly [flag: link.LinkFlag, word: string])[] = [
  ['up', 'UP'],
  ['broadcast', 'BROADCAST'],
  ['debug', 'DEBUG'],
  ['loopback', 'LOOPBACK'],
  ['point-to-point', 'POINTOPOINT'],
  ['no-trailers', 'NOTRAILERS'],
  ['running', 'RUNNING'],
  ['no-arp', 'NOARP'],
  ['promisc', 'PROMISC'],
  ['all-multi', 'ALLMULTI'],
  ['slave', 'SLAVE'],
  ['master', 'MASTER'],
  ['multicast', 'MULTICAST'],
  ['dynamic', 'DYNAMIC'],
]

/** The same as letters. */
const LETTERS: readonly (readonly [flag: link.LinkFlag, letter: string])[] = [
  ['all-multi', 'A'],
  ['broadcast', 'B'],
  ['debug', 'D'],
  ['loopback', 'L'],
  ['multicast', 'M'],
  ['dynamic', 'd'],
  ['promisc', 'P'],
  ['no-trailers', 'N'],
  ['no-arp', 'O'],
  ['point-to-point', 'P'],
  ['slave', 's'],
  ['master', 'm'],
  ['running', 'R'],
  ['up', 'U'],
]

export const SHORT_TITLE = 'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n'

export function shortText(one: Interface): string {
  const { mtu, flags } = one.link
  const counters = statisticsOf(one)
  const letters = LETTERS.filter(([flag]) => flags.includes(flag)).map(([, letter]) => letter)
  const amounts = counters === undefined ? '     - no statistics available -'.padEnd(56) : amountsText(counters)
  const name = one.name.slice(0, 15).padEnd(15)
  return `${name} ${String(mtu ?? 0).padStart(5)} ${amounts}${flags.length === 0 ? '[NO FLAGS]' : letters.join('')}\n`
}

function amountsText({ rx, tx }: { readonly rx: Counted; readonly tx: Counted }): string {
  const cell = (amount: number | bigint, width = 6) => String(amount).padStart(width)
  const left = [cell(rx.packets, 8), cell(rx.errors), cell(rx.dropped), String(rx.overruns).padEnd(6)]
  const right = [cell(tx.packets, 8), cell(tx.errors), cell(tx.dropped), cell(tx.overruns)]
  return `${[...left, ...right].join(' ')} `
}

export function longText(one: Interface): string {
  const { flags, mtu } = one.link
  const words = FLAGS.filter(([flag]) => flags.includes(flag)).map(([, word]) => word)
  // What ioctls tell of them: the lower half, as a signed number.
  const bits = flags.reduce<number>((sum, flag) => sum | (typeof flag === 'string' ? link.LINK_FLAGS[flag] : 0), 0)
  const number = (bits << 16) >> 16
  const lines = [
    `${one.name}: flags=${number}<${words.join(',')}>  mtu ${mtu ?? 0}`,
    ...inetLines(one),
    ...one.inet6.map(({ address = '' }) => inet6Line(address)),
    hardwareLine(one.link),
    ...statisticsLines(one),
    ...deviceLines(one.link),
  ]
  return `${lines[0]}\n${lines
    .slice(1)
    .map((line) => `        ${line}\n`)
    .join('')}\n`
}

function inetLines({ inet, link: { flags } }: Interface): string[] {
  if (inet === undefined) return []
  const [address = '', length = '32'] = (inet.address ?? inet.local ?? '').split('/')
  const mask = dotted(length === '0' ? 0 : (-1 << (32 - Number(length))) >>> 0)
  const broadcast = flags.includes('broadcast') ? `  broadcast ${inet.broadcast ?? '0.0.0.0'}` : ''
  const destination = flags.includes('point-to-point') ? `  destination ${address}` : ''
  return [`inet ${inet.local ?? address}  netmask ${mask}${broadcast}${destination}`]
}

function inet6Line(prefix: string): string {
  const [address = '', length = '128'] = prefix.split('/')
  const scope = scopeOf(parseIpv6(address) ?? new Uint8Array(16))
  const words = [
    [0x80, 'compat'],
    [0x20, 'link'],
    [0x40, 'site'],
    [0x10, 'host'],
  ].flatMap(([bit, word]) => (scope & (bit as number) ? [word] : []))
  if ((scope & ~0x80) === 0) words.splice(scope === 0 ? 0 : 1, 0, 'global')
  return `inet6 ${address}  prefixlen ${length}  scopeid 0x${scope.toString(16)}<${words.join(',')}>`
}

/** As the kernel classes addresses (net/ipv6/addrconf_core.c, __ipv6_addr_type). */
function scopeOf(address: Uint8Array): number {
  const [first = 0, second = 0] = address
  if (first === 0xfe && (second & 0xc0) === 0x80) return 0x20
  if (first === 0xfe && (second & 0xc0) === 0xc0) return 0x40
  if (address.subarray(0, 12).some((byte) => byte !== 0)) return 0
  const rest = address.subarray(12)
  if (rest.every((byte) => byte === 0)) return 0
  return rest[3] === 1 && rest.subarray(0, 3).every((byte) => byte === 0) ? 0x10 : 0x80
}

function hardwareLine(of: Link): string {
  const { name, title, addressLength } = hardwareOf(of.type)
  const queue = of.txqlen === undefined ? '' : `  txqueuelen ${of.txqlen}`
  const bytes = (of.address ?? '').split(':').filter((byte) => byte !== '')
  const unknown = [...bytes, ...Array<string>(16).fill('00')].slice(0, 16).join('-').toUpperCase()
  const address = name === 'unspec' ? ` ${unknown}` : addressLength > 0 ? ` ${bytes.join(':')}` : ''
  return `${name}${address}${queue}  (${title})`
}

interface Counted {
  readonly packets: number | bigint
  readonly bytes: number | bigint
  readonly errors: number | bigint
  readonly dropped: number | bigint
  readonly overruns: number | bigint
}

/** As /proc/net/dev adds them up (net/core/net-procfs.c). An alias has none. */
function statisticsOf({ name, link: { stats64, name: of } }: Interface) {
  if (stats64 === undefined || name !== of) return undefined
  const sum = (...amounts: (number | bigint)[]) => amounts.reduce<bigint>((total, amount) => total + BigInt(amount), 0n)
  const s = stats64
  const rx: Counted = {
    packets: s.rxPackets,
    bytes: s.rxBytes,
    errors: s.rxErrors,
    dropped: sum(s.rxDropped, s.rxMissedErrors),
    overruns: s.rxFifoErrors,
  }
  const tx: Counted = {
    packets: s.txPackets,
    bytes: s.txBytes,
    errors: s.txErrors,
    dropped: s.txDropped,
    overruns: s.txFifoErrors,
  }
  const frame = sum(s.rxLengthErrors, s.rxOverErrors, s.rxCrcErrors, s.rxFrameErrors)
  const carrier = sum(s.txCarrierErrors, s.txAbortedErrors, s.txWindowErrors, s.txHeartbeatErrors)
  return { rx, tx, frame, carrier, collisions: s.collisions }
}

function statisticsLines(one: Interface): string[] {
  const counters = statisticsOf(one)
  if (counters === undefined) return []
  const { rx, tx, frame, carrier, collisions } = counters
  const amount = ({ packets, bytes }: Counted) => `packets ${packets}  bytes ${bytes} (${sizeText(BigInt(bytes))})`
  return [
    `RX ${amount(rx)}`,
    `RX errors ${rx.errors}  dropped ${rx.dropped}  overruns ${rx.overruns}  frame ${frame}`,
    `TX ${amount(tx)}`,
    `TX errors ${tx.errors}  dropped ${tx.dropped} overruns ${tx.overruns}  carrier ${carrier}  collisions ${collisions}`,
  ]
}

/** Bytes in the largest unit of which there is more than one, with one place, cut off. */
export function sizeText(bytes: bigint): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']
  let power = 0
  while (power < 6 && bytes > 1n << BigInt(10 * (power + 1))) power++
  const tenths = (bytes * 10n) >> BigInt(10 * power)
  return `${tenths / 10n}.${tenths % 10n} ${units[power]}`
}

function deviceLines({ map }: Link): string[] {
  if (map === undefined) return []
  const { irq, baseAddr, memStart, memEnd, dma } = map
  const parts = [
    ...(irq !== 0 ? [`interrupt ${irq}  `] : []),
    ...(baseAddr >= 0x100 ? [`base 0x${baseAddr.toString(16)}  `] : []),
    ...(BigInt(memStart) !== 0n ? [`memory 0x${memStart.toString(16)}-${memEnd.toString(16)}  `] : []),
    ...(dma !== 0 ? [`  dma 0x${dma.toString(16)}`] : []),
  ]
  return parts.length === 0 ? [] : [`device ${parts.join('')}`]
}
