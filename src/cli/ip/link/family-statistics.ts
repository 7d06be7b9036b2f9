import { link } from '../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  type Grammar,
  garbage,
  parse,
  type Run,
  rows,
  text,
  usage,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { humanNumber } from './human-number.ts'
import { linkUsage } from './usage.ts'

type Counters = NonNullable<NonNullable<NonNullable<link.LinkStatistics['afSpec']>['mpls']>['link']>
type Cell = readonly [title: string, value: number | bigint | undefined]

interface Draft {
  readonly request: { device?: string }
}

export const familyFilter: Grammar<Draft> = {
  usage: linkUsage,
  keywords: [
    rows<Draft>().option('dev', text('DEVICE'), ({ request }, name) => {
      if (request.device !== undefined) throw garbage('dev', name)
      request.device = name
    }),
  ],
  otherwise({ current }) {
    if (abbreviates(current, 'help')) throw usage(linkUsage)
    throw new CommandFailure(`Command "${current}" is unknown, try "ip link help".`, 255)
  },
}

/** `ip link afstats`: what address families count of links. */
export const showFamilyStatistics: Run<Session> = (session, words) => {
  const { route, devices, printer, options, complain } = session
  const draft: Draft = { request: {} }
  parse(familyFilter, words, draft)
  const { device } = draft.request
  const index = device === undefined ? undefined : devices.index(device)
  if (index === 0) {
    // No reason for another exit status, as iproute2 sees it.
    complain(`Device "${device}" does not exist.`)
    return 0
  }
  dumping(session, 0, () => {
    for (const { index: of, afSpec } of [...route.each(link.listStatistics('af-spec'))]) {
      if (index !== undefined && of !== index) continue
      if (afSpec?.mpls?.link === undefined || (options.family !== 'unspec' && options.family !== 'mpls')) continue
      const counters = afSpec.mpls.link
      printer.object(undefined, () => {
        printer.field('ifindex', of, '%:')
        printer.field('ifname', devices.name(of), '%', { colour: 'ifname' })
        printer.newLine()
        printMplsStatistics(counters, session)
      })
    }
  })
  return 0
}

function printMplsStatistics(c: Counters, session: Session): void {
  const { printer } = session
  if (printer.json) {
    printer.object('mpls_stats', () => {
      printer.object('rx', () => {
        printer.data('bytes', c.rxBytes)
        printer.data('packets', c.rxPackets)
        printer.data('errors', c.rxErrors)
        printer.data('dropped', c.rxDropped)
        printer.data('noroute', c.rxNoroute)
      })
      printer.object('tx', () => {
        printer.data('bytes', c.txBytes)
        printer.data('packets', c.txPackets)
        printer.data('errors', c.txErrors)
        printer.data('dropped', c.txDropped)
      })
    })
    return
  }
  printer.text('    mpls:')
  printer.newLine()
  printMplsTable(c, session, ' '.repeat(8))
  printer.text('\n')
}

/** Two rows of columns, received and sent. */
export function printMplsTable(c: Counters, { printer, options }: Session, indent: string): void {
  const rx: readonly Cell[] = [
    ['bytes', c.rxBytes],
    ['packets', c.rxPackets],
    ['errors', c.rxErrors],
    ['dropped', c.rxDropped],
    ['noroute', c.rxNoroute],
  ]
  const tx: readonly Cell[] = [
    ['bytes', c.txBytes],
    ['packets', c.txPackets],
    ['errors', c.txErrors],
    ['dropped', c.txDropped],
  ]
  const least = [9, 7, 6, 7, 7]
  const widths = least.map((width, i) => {
    return options.human ? width : Math.max(width, String(rx[i]![1]).length, String(tx[i]?.[1] ?? 0).length)
  })
  const show = (value: number | bigint) => (options.human ? humanNumber(value, options.iec) : String(value))
  for (const [way, cells] of [
    ['RX', rx],
    ['TX', tx],
  ] as const) {
    const titles = cells.map(([title], i) => title.padStart(i === 0 ? widths[0]! - 4 : widths[i]!))
    printer.text(`${indent}${way}: ${titles.join(' ')}`)
    printer.newLine()
    printer.text(`${indent}${cells.map(([, value], i) => `${show(value!).padStart(widths[i]!)} `).join('')}`)
    if (way === 'RX') printer.newLine()
  }
}
