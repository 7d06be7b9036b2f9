import type { route } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'

/** RTCF_* of linux/in_route.h: flags of routes that the kernel worked out, in the order in which they are shown. */
const CACHE_FLAGS: readonly (readonly [bit: number, word: string])[] = [
  [0x80000000, 'local'],
  [0x40000000, 'reject'],
  [0x20000000, 'mc'],
  [0x10000000, 'brd'],
  [0x08000000, 'dst-nat'],
  [0x00800000, 'src-nat'],
  [0x00400000, 'masq'],
  [0x00020000, 'dst-direct'],
  [0x04000000, 'src-direct'],
  [0x00040000, 'redirected'],
  [0x01000000, 'redirect'],
  [0x00200000, 'fastroute'],
  [0x00010000, 'notify'],
  [0x00080000, 'proxy'],
]
/** A bit that has another meaning, and so a name, in routes of tables. */
const MULTICAST = 0x20000000
const USER_HZ = 100

/** `cache <local,src-direct> ` on a line of its own. */
export function printCache(flags: readonly (string | number)[], printer: Printer): void {
  const bits = flags.map((flag) => (typeof flag === 'number' ? flag : flag === 'rt-offload-failed' ? MULTICAST : 0))
  let rest = bits.reduce((sum, bit) => sum | bit, 0) & ~0xffff
  printer.newLine()
  printer.text('    cache ')
  const words = CACHE_FLAGS.filter(([bit]) => (rest & bit) !== 0).map(([, word]) => word)
  for (const [bit] of CACHE_FLAGS) rest &= ~bit
  const unknown = rest === 0 ? undefined : (rest >>> 0).toString(16)
  printer.array(
    'cache',
    () => {
      for (const [i, word] of words.entries()) {
        printer.item(word, i === words.length - 1 && unknown === undefined ? '%> ' : '%,')
      }
      if (unknown !== undefined) printer.item(unknown, '%>')
    },
    words.length > 0 || unknown !== undefined ? '<' : '',
  )
}

/** What is known of a route's use. Times are shown in seconds. */
export function printCacheInfo(info: NonNullable<route.Route['cacheinfo']>, { printer, options }: Session): void {
  const seconds = (time: number) => Math.trunc(time / USER_HZ)
  if (info.expires !== 0) printer.field('expires', seconds(info.expires), 'expires %sec ')
  if (info.error !== 0) printer.field('error', info.error, 'error % ')
  if (options.stats > 0) {
    if (info.clntref !== 0) printer.field('users', info.clntref, 'users % ')
    if (info.used !== 0) printer.field('used', info.used, 'used % ')
    if (info.lastuse !== 0) printer.field('age', seconds(info.lastuse), 'age %sec ')
  }
  if (info.id !== 0) {
    const id = `0x${info.id.toString(16)}`
    printer.field('ipid', id, 'ipid % ', { as: `0x${info.id.toString(16).padStart(4, '0')}` })
  }
  if (info.ts !== 0 || info.tsage !== 0) {
    printer.field('ts', `0x${info.ts.toString(16)}`, 'ts %')
    printer.field('tsage', info.tsage, 'tsage %sec ')
  }
}
