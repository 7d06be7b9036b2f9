import type { DumpRequest } from '../../../netlink/index.ts'
import { rule } from '../../../rtnl/index.ts'
import type { Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { type FilterDraft, isOfProtocol, matches, readFilter } from './filter.ts'
import { printRule } from './print.ts'

const dump = ({ family }: FilterDraft): DumpRequest<rule.Rule> => rule.list({ family })

/** `ip rule show`. */
export const show: Run<Session> = (session, words) => {
  const draft = readFilter(session, words)
  const { printer, route } = session
  dumping(session, 255, () => {
    for (const item of route.each(dump(draft))) {
      if (matches(draft, item)) printer.object(undefined, () => printRule(item, session))
    }
  })
  return 0
}

/** `ip rule flush`. The rule at priority 0 stays: it is listed without one, and cannot be told from others then. */
export const flush: Run<Session> = (session, words) => {
  const draft = readFilter(session, words)
  const { route } = session
  dumping(session, 255, () => {
    for (const item of route.ask(dump(draft))) {
      if (!matches(draft, item) || !isOfProtocol(draft, item)) continue
      if (item.priority !== undefined) route.change(rule.delete(item))
    }
  })
  return 0
}
