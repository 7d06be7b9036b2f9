import { NetlinkError, tcpMetrics } from '../../../netlink/index.ts'
import { CommandFailure, type Run, required } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printTcpMetrics } from './print.ts'
import { openTcpMetrics, type TcpMetricsRequester } from './requester.ts'
import { isExact, matches, readSelector, type Selector, targetOf } from './selector.ts'

/** `ip tcp_metrics show`. */
export const show: Run<Session> = (session, words) => {
  const selector = readSelector(session, words, false)
  const requester = openTcpMetrics(session)
  const { printer } = session
  if (isExact(selector.dst)) {
    const found = requester.ask(tcpMetrics.get(requester.family, targetOf(selector)))
    printer.records(() => {
      if (matches(selector, found, session)) printer.object(undefined, () => printTcpMetrics(found, session))
    })
    return 0
  }
  dumping(session, 1, () => {
    for (const item of requester.each(tcpMetrics.list(requester.family))) {
      if (matches(selector, item, session)) printer.object(undefined, () => printTcpMetrics(item, session))
    }
  })
  return 0
}

/** `ip tcp_metrics delete`. */
export const remove: Run<Session> = (session, words) => {
  const selector = readSelector(session, words, true)
  if (!isExact(selector.dst)) throw required('address')
  const requester = openTcpMetrics(session)
  requester.change(tcpMetrics.delete(requester.family, targetOf(selector)))
  return 0
}

/** `ip tcp_metrics flush`. */
export const flush: Run<Session> = (session, words) => {
  const selector = readSelector(session, words, false)
  const { dst, src } = selector
  const requester = openTcpMetrics(session)
  const all = !dst?.length && !src?.length && session.options.family === 'unspec'
  if (isExact(dst) || all) {
    requester.change(tcpMetrics.delete(requester.family, targetOf(selector)))
    return 0
  }
  const { options, out } = session
  for (let round = 0; ; round++) {
    const deleted = flushRound(session, requester, selector)
    if (deleted === 0 || (options.dryRun && round > 0)) {
      if (round === 0) session.complain('Nothing to flush.')
      else if (options.stats > 0) out.write(`*** Flush is complete after ${round} round${round > 1 ? 's' : ''} ***\n`)
      return 0
    }
    if (options.stats > 0) out.write(`\n*** Round ${round + 1}, deleting ${deleted} entries ***\n`)
  }
}

function flushRound(session: Session, requester: TcpMetricsRequester, selector: Selector): number {
  const found = requester.ask(tcpMetrics.list(requester.family)).filter((item) => matches(selector, item, session))
  for (const item of found) {
    if (session.options.stats > 1) {
      session.printer.field('deleted', true, 'Deleted ')
      printTcpMetrics(item, session)
    }
    try {
      requester.change(tcpMetrics.delete(requester.family, item))
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error
      throw new CommandFailure('', 1)
    }
  }
  return found.length
}
