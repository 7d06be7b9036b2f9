import { link } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printTunnelStatistics } from './statistics.ts'

interface Listing<T> {
  /** The hardware types of the links that are tunnels of the family. */
  readonly types: readonly link.Link['type'][]
  /** The one that is meant; empty for all. */
  readonly name: string
  /** What the link is as a tunnel; undefined where it is none that is meant. */
  find(item: link.Link): T | undefined
  print(found: T): void
}

/** Shows the links that are tunnels, one by one. */
export function listTunnels<T>(session: Session, { types, name, find, print }: Listing<T>): number {
  const { route, printer, options, out } = session
  dumping(session, 1, () => {
    for (const item of [...route.each(link.list({ stats: true }))]) {
      if (!types.includes(item.type) || item.name === undefined) continue
      if (name !== '' && name !== item.name) continue
      const found = find(item)
      if (found === undefined) continue
      printer.object(undefined, () => print(found))
      if (options.stats > 0) printTunnelStatistics(item, printer)
      // In JSON too.
      out.write('\n')
    }
  })
  return 0
}
