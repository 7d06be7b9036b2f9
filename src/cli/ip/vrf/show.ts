import { link } from '../../../rtnl/index.ts'
import { CommandFailure, type Run, usage } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { tableNamed, tableOf } from './table.ts'
import { vrfUsage } from './usage.ts'

/** `ip vrf show`: all of them, or the table of one. */
export const show: Run<Session> = (session, words) => {
  const { devices, out } = session
  if (words.left > 1) throw usage(vrfUsage)
  if (words.done) return showAll(session)
  const name = words.current
  const table = tableNamed(devices, name)
  if (table === 0) throw new CommandFailure('Invalid VRF', 255, { ends: false })
  out.write(`${name} ${table}\n`)
  return 0
}

function showAll(session: Session): number {
  const { printer, route: requester } = session
  dumping(session, 255, () => {
    printer.text(`${'Name'.padEnd(16)}  Table\n-----------------------\n`)
    let count = 0
    for (const item of requester.each(link.list({ kind: 'vrf' }))) {
      const table = tableOf(item)
      if (table === 0) continue
      count++
      printer.object(undefined, () => {
        printer.field('name', item.name ?? '', '%-16')
        printer.field('table', table, ' %5')
        printer.text('\n')
      })
    }
    if (count === 0) printer.text('No VRF has been configured\n')
  })
  return 0
}
