import { type neighbour, ORIGINATORS } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { familyColour } from '../address/print.ts'
import { hardwareAddressText } from '../link/hardware.ts'
import { ALL_STATES } from './state.ts'

type Neighbour = neighbour.Neighbour

const USER_HZ = 100

const FLAG_WORDS = [
  ['router', 'router'],
  ['proxy', 'proxy'],
  ['managed', 'managed'],
  ['ext-learned', 'extern_learn'],
  ['offloaded', 'offload'],
] as const

/** An entry of the neighbour table. `deviceKnown` where all are of one device, which is then not shown. */
export function printNeighbour(entry: Neighbour, session: Session, deviceKnown: boolean): void {
  const { printer, options, names } = session
  const colour = familyColour(entry.family)
  const device = deviceKnown || entry.index === 0 ? undefined : session.devices.name(entry.index)
  const { lladdr, protocol } = entry
  const dst = entry.dst && session.hostText(entry.dst)
  const hardware = lladdr && hardwareAddressText(lladdr, session.devices.known(entry.index)?.type ?? 'void')
  if (options.brief) {
    if (dst !== undefined) printer.field('dst', dst, '%-39 ', { colour })
    if (device !== undefined) printer.field('dev', device, '%-16 ', { colour: 'ifname' })
    if (hardware !== undefined) printer.field('lladdr', hardware, '%', { colour: 'mac' })
    printer.endRecord()
    return
  }
  if (dst !== undefined) printer.field('dst', dst, '% ', { colour })
  if (device !== undefined) {
    printer.text('dev ')
    printer.field('dev', device, '% ', { colour: 'ifname' })
  }
  if (hardware !== undefined) {
    printer.text('lladdr ')
    printer.field('lladdr', hardware, '% ', { colour: 'mac' })
  }
  const flags: readonly unknown[] = [...entry.flags, ...(entry.flagsExt ?? [])]
  for (const [flag, word] of FLAG_WORDS) if (flags.includes(flag)) printer.field(word, null, `${word} `)
  if (options.stats > 0) printAges(entry, session)
  const states = ALL_STATES.filter((state) => entry.state.includes(state))
  if (entry.state.length > 0) {
    printer.array('state', () => {
      for (const state of states) printer.item(state.toUpperCase(), '% ')
    })
  }
  const originator = typeof protocol === 'string' ? ORIGINATORS[protocol] : (protocol ?? 0)
  if (originator !== 0) printer.field('protocol', names.protocol.name(originator), 'proto % ')
  printer.endRecord()
}

function printAges({ cacheinfo, probes }: Neighbour, { printer }: Session): void {
  if (cacheinfo !== undefined) {
    const seconds = (time: number) => Math.trunc(time / USER_HZ)
    if (cacheinfo.refcnt !== 0) printer.field('refcnt', cacheinfo.refcnt, ' ref %')
    printer.field('used', seconds(cacheinfo.used), ' used %')
    printer.field('confirmed', seconds(cacheinfo.confirmed), '/%')
    printer.field('updated', seconds(cacheinfo.updated), '/%')
  }
  if (probes !== undefined) printer.field('probes', probes, 'probes % ')
}
