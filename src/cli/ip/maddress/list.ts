import { run as runIn } from '../../../netns/index.ts'
import { type Grammar, parse, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { inet6Addresses, inetAddresses, linkAddresses, type MulticastAddress } from './tables.ts'
import { maddressUsage } from './usage.ts'

const TABLES = { packet: linkAddresses, inet: inetAddresses, inet6: inet6Addresses } as const

interface Filter {
  device?: string
}

export const filterGrammar: Grammar<Filter> = {
  usage: maddressUsage,
  keywords: [],
  otherwise: {
    introducer: 'dev',
    name: 'dev',
    hint: 'DEVICE',
    helpBefore: true,
    given: ({ device }) => device !== undefined,
    take({ current }, filter) {
      filter.device = current
    },
  },
}

/** `ip maddress show`. */
export const list: Run<Session> = (session, words) => {
  const filter: Filter = {}
  parse(filterGrammar, words, filter)
  const { device } = filter
  const { namespace, options } = session
  const read = () =>
    Object.entries(TABLES).flatMap(([family, table]) =>
      options.family === 'unspec' || options.family === family ? table() : [],
    )
  const found = (namespace === undefined ? read() : runIn(namespace, read))
    .filter((item) => device === undefined || item.device === device)
    .sort((a, b) => a.index - b.index)
  session.printer.records(() => {
    for (const group of grouped(found, options.oneline)) printGroup(group, session)
  })
  return 0
}

/** Those of one link together, or each alone. */
function grouped(items: readonly MulticastAddress[], alone: boolean): MulticastAddress[][] {
  const groups: MulticastAddress[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (alone || last?.[0]?.index !== item.index) groups.push([item])
    else last.push(item)
  }
  return groups
}

function printGroup(group: readonly MulticastAddress[], { printer, hostText }: Session): void {
  const [{ index, device } = { index: 0, device: '' }] = group
  printer.object(undefined, () => {
    printer.field('ifindex', index, '%:')
    printer.field('ifname', device, '\t%', { colour: 'ifname' })
    printer.newLine()
    printer.array('maddr', () => {
      for (const item of group) {
        printer.text('\t')
        printer.object(undefined, () => {
          if (item.family === 'packet') {
            printer.text('link  ')
            printer.field('link', item.address, '%', { colour: 'mac' })
          } else {
            printer.field('family', item.family, '%-5 ')
            printer.field('address', hostText(item.address), '%', { colour: item.family })
          }
          if (item.users !== 1) printer.field('users', item.users, ' users %')
          if (item.fixed) printer.field('features', 'static', ' %')
          printer.endRecord()
        })
      }
    })
  })
}
