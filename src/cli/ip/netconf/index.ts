import { NetlinkError } from '../../../netlink/index.ts'
import { netconf } from '../../../rtnl/index.ts'
import {
  CommandFailure,
  type CommandTable,
  type Family,
  type Grammar,
  help,
  parse,
  type Reader,
  type Run,
  rows,
  verb,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printNetconf } from './print.ts'
import { netconfUsage } from './usage.ts'

interface FilterDraft {
  readonly session: Session
  readonly request: { index: number }
}

const device: Reader<number, FilterDraft> = {
  hint: 'DEVICE',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw new CommandFailure(`Device "${current}" does not exist.`, 1)
    return index
  },
}

const filterGrammar: Grammar<FilterDraft> = {
  usage: netconfUsage,
  keywords: [rows<FilterDraft>().option('dev', device, 'index')],
  // Passed over.
  otherwise() {},
}

/** `ip netconf show`. */
const show: Run<Session> = (session, words) => {
  const { options, printer } = session
  const family = options.family === 'unspec' ? undefined : options.family
  const draft: FilterDraft = { session, request: { index: 0 } }
  parse(filterGrammar, words, draft)
  const { index } = draft.request
  const print = (item: netconf.Netconf) => {
    if (family !== undefined && family !== item.family) return
    if (index === 0 || index === item.ifindex) printer.object(undefined, () => printNetconf(item, session))
  }
  dumping(session, 1, () => {
    const found = index !== 0 && family !== undefined ? ofLink(session, family, index) : listed(session, family)
    for (const item of found) print(item)
  })
  return 0
}

/** Of one link; nothing where the kernel refuses to say, which iproute2 waits for in vain. */
function ofLink({ route }: Session, family: Family, ifindex: number): netconf.Netconf[] {
  try {
    return [route.ask(netconf.get({ family, ifindex }))]
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    return []
  }
}

/** Of all families, one by one where the kernel wants it so. */
function listed({ route }: Session, family: Family | undefined) {
  try {
    return route.ask(netconf.list({ family }))
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.code !== 'EOPNOTSUPP' || family !== undefined) throw error
    return (['inet', 'inet6'] as const).flatMap((one) => route.ask(netconf.list({ family: one })))
  }
}

export const command: CommandTable<Session> = {
  name: 'netconf',
  otherwise: show,
  verbs: [verb('show*|lst*|list*', show, { words: filterGrammar }), help(netconfUsage)],
}
