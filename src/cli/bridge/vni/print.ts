import type { bridge } from '../../../rtnl/index.ts'
import { isMulticast, isUnspecified, readAddress } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

type Vni = bridge.vni.Vni
type Statistics = NonNullable<Vni['stats']>

const WIDTH = 16

/** The networks of a vxlan device. */
export function printVnis({ ifindex, entry = [] }: bridge.vni.Vnis, session: Session): void {
  const { printer, devices } = session
  printer.object(undefined, () => {
    if (entry.length > 0) printer.field('ifname', devices.name(ifindex), `%-${WIDTH}  `, { colour: 'ifname' })
    printer.array('vnis', () => {
      for (const [i, vni] of entry.entries()) {
        if (i > 0) printer.text(' '.repeat(WIDTH + 2))
        printer.object(undefined, () => printVni(vni, session))
        printer.newLine()
      }
    })
  })
  printer.newLine()
}

function printVni({ start = 0, end = 0, group, group6, stats }: Vni, session: Session): void {
  const { printer } = session
  if (end === 0) printer.field('vni', start, ' %-14')
  else {
    printer.field('vni', start, ' %')
    if (start !== end) printer.field('vniEnd', end, '-%-14 ')
  }
  const far = readAddress(group ?? group6 ?? '0.0.0.0', 'unspec')
  if (far !== undefined && !isUnspecified(far)) {
    printer.field(isMulticast(far) ? 'group' : 'remote', (group ?? group6)!, ' %')
  }
  if (stats !== undefined) printStatistics(stats, session)
}

const COUNTERS = [
  ['bytes', 'Bytes'],
  ['pkts', 'Pkts'],
  ['drops', 'Drops'],
  ['errors', 'Errors'],
] as const

function printStatistics(stats: Statistics, { printer }: Session): void {
  printer.object('stats', () => {
    for (const direction of ['rx', 'tx'] as const) {
      printer.newLine()
      printer.text(`${' '.repeat(WIDTH + 3)}${direction.toUpperCase()}: `)
      for (const [word, key] of COUNTERS) {
        const count = stats[`${direction}${key}`]
        if (count !== undefined) printer.field(`${direction}_${word}`, count, `${word} % `)
      }
    }
  })
}
