import { errnoMessage } from '../../../libc/index.ts'
import { NetlinkError } from '../../../netlink/index.ts'
import { address as addresses } from '../../../rtnl/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { FilterDraft } from '../listing/filter.ts'
import { matchesAddress } from '../listing/match.ts'
import { readFilter } from '../listing/show.ts'
import { printAddress } from './print.ts'
import { addressUsage } from './usage.ts'

/** `ip address flush`. */
export const flush: Run<Session> = (session, words) => {
  const { options, out } = session
  if (words.done) throw new CommandFailure('Flush requires arguments.', 1)
  if (options.family === 'packet') throw new CommandFailure('Cannot flush link addresses.', 1)
  const draft = readFilter(session, words, addressUsage, options.family)
  // Secondary addresses become primary ones when those are deleted, so "primary" is done in one round.
  const once = draft.request.flags.get('secondary') === false
  for (let round = 0; options.loops === 0 || round < options.loops; round++) {
    const deleted = flushRound(draft)
    if (deleted > 0 && options.stats > 0) {
      out.write(`\n*** Round ${round + 1}, deleting ${deleted} addresses ***\n`)
    }
    if (deleted > 0 && !once && !options.dryRun) continue
    if (options.stats > 0) out.write(summary(deleted > 0 ? round + 1 : round))
    return 0
  }
  throw new CommandFailure(`*** Flush remains incomplete after ${options.loops} rounds. ***`, 1)
}

function summary(rounds: number): string {
  if (rounds === 0) return 'Nothing to flush.\n'
  return `*** Flush is complete after ${rounds} round${rounds > 1 ? 's' : ''} ***\n`
}

/** Deletes what the filter means and gives how many that were. */
function flushRound(draft: FilterDraft): number {
  const { session, family, request } = draft
  const listed = session.route.ask(
    addresses.list({ family: family === 'unspec' ? undefined : family, index: request.index }),
  )
  const found = listed.filter((address) => matchesAddress(draft, address, session))
  for (const address of found) {
    remove(session, address)
    if (session.options.stats > 1) printAddress(address, session, { named: true })
  }
  return found.length
}

function remove({ route }: Session, address: addresses.Address): void {
  try {
    route.change(addresses.delete(address))
  } catch (error) {
    // A primary address takes its secondary ones along.
    if (!(error instanceof NetlinkError)) throw error
    if (error.code !== 'EADDRNOTAVAIL') {
      throw new CommandFailure(`Failed to send flush request: ${errnoMessage(error.errno)}`, 255, { ends: false })
    }
  }
}
