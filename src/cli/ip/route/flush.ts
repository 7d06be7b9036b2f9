import { writeFileSync } from 'node:fs'
import { errnoMessage } from '../../../libc/index.ts'
import { NetlinkError } from '../../../netlink/index.ts'
import { run as runIn } from '../../../netns/index.ts'
import { route } from '../../../rtnl/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { complainOfTable } from '../dump.ts'
import { type FilterDraft, matches, readFilter } from './filter.ts'
import { printRoute } from './print.ts'
import { dumpRequest } from './show.ts'

const CACHE = '/proc/sys/net/ipv4/route/flush'
const SECONDS = 30
/** The route that the kernel itself keeps for IPv6: no way at all, at the highest metric. */
const LAST_RESORT = 0xffffffff

/** `ip route flush`. */
export const flush: Run<Session> = (session, words) => {
  if (words.done) throw new CommandFailure('"ip route flush" requires arguments.', 1)
  const { options, out } = session
  const draft = readFilter(session, words)
  const family = draft.family === 'unspec' && draft.request.table !== 0 ? 'inet' : draft.family
  if (draft.request.cloned) {
    if (family !== 'inet6') flushCache(session)
    if (family === 'inet') return 0
  }
  const end = Date.now() + SECONDS * 1000
  for (let round = 0; ; round++) {
    const deleted = flushRound(draft)
    if (deleted === 0 || (options.dryRun && round > 0)) {
      if (options.stats > 0) out.write(summary(round, draft.request.cloned && family !== 'inet6'))
      return 0
    }
    if (Date.now() > end) {
      out.write(`\n*** Flush not completed after ${SECONDS} seconds, ${deleted} entries remain ***\n`)
      return 1
    }
    if (options.stats > 0) out.write(`\n*** Round ${round + 1}, deleting ${deleted} entries ***\n`)
  }
}

function summary(rounds: number, cache = false): string {
  if (rounds === 0 && !cache) return 'Nothing to flush.\n'
  return `*** Flush is complete after ${rounds} round${rounds > 1 ? 's' : ''} ***\n`
}

function flushRound(draft: FilterDraft): number {
  const { session } = draft
  const found = listed(draft).filter(
    (item) => matches(draft, item) && !(item.type === 'unreachable' && item.metric === LAST_RESORT),
  )
  for (const item of found) {
    try {
      session.route.change(route.delete(item))
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error
      throw new CommandFailure(`Failed to send flush request: ${errnoMessage(error.errno)}`, 2)
    }
    if (session.options.stats > 1) printRoute(item, session, draft.request)
  }
  return found.length
}

/** Throws CommandFailure. */
function listed(draft: FilterDraft): route.Route[] {
  const { session } = draft
  try {
    return session.route.ask(dumpRequest(draft))
  } catch (error) {
    complainOfTable(session, error)
    throw new CommandFailure('Flush terminated', 2)
  }
}

/** The kernel of today has no cache of IPv4 routes, and takes the order all the same. */
function flushCache({ namespace, options, out }: Session): void {
  const write = () => writeFileSync(CACHE, '-1')
  if (!options.dryRun) {
    try {
      if (namespace === undefined) write()
      else runIn(namespace, write)
    } catch (error) {
      const { errno = 0 } = error as NodeJS.ErrnoException
      throw new CommandFailure(`Cannot open "${CACHE}": ${errnoMessage(-errno)}`, 1)
    }
  }
  if (options.stats > 0) out.write('*** IPv4 routing cache is flushed.\n')
}
