import type { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { PORT_WIDTH, printOfPort, printVlanFlags } from './print.ts'

type Count = number | bigint
export interface Counters {
  readonly rxBytes: Count
  readonly rxPackets: Count
  readonly txBytes: Count
  readonly txPackets: Count
}

/** Two lines of what a VLAN has received and sent. */
export function printTraffic({ rxBytes, rxPackets, txBytes, txPackets }: Counters, printer: Printer): void {
  printer.text(' '.repeat(PORT_WIDTH + 4))
  printer.field('rx_bytes', rxBytes, 'RX: % bytes')
  printer.field('rx_packets', rxPackets, ' % packets\n')
  printer.text(' '.repeat(PORT_WIDTH + 4))
  printer.field('tx_bytes', txBytes, 'TX: % bytes')
  printer.field('tx_packets', txPackets, ' % packets\n')
}

/** What a link's VLANs count: a bridge's own, or a port's. */
export function printCounters(
  { index, linkXstats, linkXstatsSlave }: link.LinkStatistics,
  vlan: number,
  session: Session,
): void {
  const { printer } = session
  for (const statistics of [linkXstats, linkXstatsSlave]) {
    // Those that a bridge has for its ports alone come again with the ports.
    const own = statistics?.bridge?.vlan?.filter(
      ({ vid, flags }) => (vlan === 0 || vid === vlan) && (!flags.includes('master') || flags.includes('brentry')),
    )
    printOfPort(own ?? [], index, session, (counters) => {
      printer.field('vid', counters.vid, '%')
      printVlanFlags(counters.flags, printer)
      printer.newLine()
      printTraffic(counters, printer)
    })
  }
}
