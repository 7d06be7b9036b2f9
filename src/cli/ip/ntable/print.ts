import type { neighbour } from '../../../rtnl/index.ts'
import { familyWord } from '../../grammar/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'

type Table = neighbour.NeighbourTable

/** Fields of a line: the name in JSON, the key, and the word in text where it is another. */
type Row<T> = readonly (readonly [name: string, key: keyof T & string, word?: string])[]

const THRESHOLDS: Row<Table> = [
  ['thresh1', 'thresh1'],
  ['thresh2', 'thresh2'],
  ['thresh3', 'thresh3'],
  ['gc_interval', 'gcInterval', 'gc_int'],
]
const PARAMETERS: readonly Row<NonNullable<Table['parms']>>[] = [
  [
    ['refcnt', 'refcnt'],
    ['reachable', 'reachableTime'],
    ['base_reachable', 'baseReachableTime'],
    ['retrans', 'retransTime'],
  ],
  [
    ['gc_stale', 'gcStaletime'],
    ['delay_probe', 'delayProbeTime'],
    ['queue', 'queueLen'],
  ],
  [
    ['app_probes', 'appProbes'],
    ['ucast_probes', 'ucastProbes'],
    ['mcast_probes', 'mcastProbes'],
  ],
  [
    ['anycast_delay', 'anycastDelay'],
    ['proxy_delay', 'proxyDelay'],
    ['proxy_queue', 'proxyQlen'],
    ['locktime', 'locktime'],
  ],
]
const STATISTICS: readonly Row<NonNullable<Table['stats']>>[] = [
  [
    ['allocs', 'allocs'],
    ['destroys', 'destroys'],
    ['hash_grows', 'hashGrows'],
  ],
  [
    ['res_failed', 'resFailed'],
    ['lookups', 'lookups'],
    ['hits', 'hits'],
  ],
  [
    ['rcv_probes_mcast', 'rcvProbesMcast'],
    ['rcv_probes_ucast', 'rcvProbesUcast'],
  ],
  [
    ['periodic_gc_runs', 'periodicGcRuns'],
    ['forced_gc_runs', 'forcedGcRuns'],
  ],
  [['table_fulls', 'tableFulls']],
]

function printRow<T extends object>(row: Row<T>, values: T, printer: Printer): void {
  for (const [name, key, word = name] of row) {
    const value = values[key] as number | bigint | undefined
    if (value !== undefined) printer.field(name, value, `${word} % `)
  }
}

function printRows<T extends object>(rows: readonly Row<T>[], values: T, printer: Printer, first: string): void {
  for (const [i, row] of rows.entries()) {
    printer.text(i === 0 ? first : '    ')
    printRow(row, values, printer)
    printer.newLine()
  }
}

/** A table of neighbours, or what one link has of it, as `ip ntable` describes it. */
export function printNeighbourTable(table: Table, session: Session): void {
  const { printer, devices, options } = session
  printer.field('family', familyWord(table.family), '% ')
  if (table.name !== undefined) printer.field('name', table.name, '% ')
  printer.newLine()
  if (THRESHOLDS.some(([, key]) => table[key] !== undefined)) {
    printer.text('    ')
    printRow(THRESHOLDS, table, printer)
    printer.newLine()
  }
  if (table.config !== undefined && options.stats > 0) printConfiguration(table.config, printer)
  const { parms, stats } = table
  if (parms !== undefined) {
    if (parms.ifindex !== undefined) {
      printer.text('    dev ')
      printer.field('dev', devices.name(parms.ifindex), '% ', { colour: 'ifname' })
      printer.newLine()
    }
    printRows(PARAMETERS, parms, printer, '    ')
  }
  if (stats !== undefined && options.stats > 0) printRows(STATISTICS, stats, printer, '    stats ')
  printer.endRecord()
}

/** When something happened that is `milliseconds` ago, in the local time. */
function timeAgo(milliseconds: number): string {
  if (milliseconds === 0) return '(error)'
  const at = new Date((Math.floor(Date.now() / 1000) - Math.floor(milliseconds / 1000)) * 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${date} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`
}

function printConfiguration(config: NonNullable<Table['config']>, printer: Printer): void {
  printer.field('key_length', config.keyLen, '    config key_len % ')
  printer.field('entry_size', config.entrySize, 'entry_size % ')
  printer.field('entries', config.entries, 'entries % ')
  printer.newLine()
  printer.field('last_flush', timeAgo(config.lastFlush), '        last_flush % ')
  printer.field('last_rand', timeAgo(config.lastRand), 'last_rand % ')
  printer.newLine()
  printer.field('hash_rnd', config.hashRnd, '        hash_rnd % ')
  const mask = config.hashMask.toString(16)
  printer.field('hash_mask', `0x${mask}`, 'hash_mask % ', { as: mask.padStart(8, '0') })
  printer.field('hash_chain_gc', config.hashChainGc, 'hash_chain_gc % ')
  printer.field('proxy_qlen', config.proxyQlen, 'proxy_qlen % ')
  printer.newLine()
}
