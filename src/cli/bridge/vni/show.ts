import { bridge } from '../../../rtnl/index.ts'
import { type Grammar, parse, type Run } from '../../grammar/index.ts'
import { dumping } from '../../ip/dump.ts'
import { rememberDevices } from '../../ip/neighbour/devices.ts'
import type { Session } from '../../session.ts'
import { noLink } from '../failure.ts'
import { onDevice, passOver, type ShowDraft } from '../words.ts'
import { printVnis } from './print.ts'
import { vniUsage } from './usage.ts'

const grammar: Grammar<ShowDraft> = { keywords: [onDevice], usage: vniUsage, otherwise: passOver }

/** `bridge vni show`. */
export const show: Run<Session> = (session, words) => {
  const draft: ShowDraft = { session, request: {} }
  parse(grammar, words, draft)
  const { device } = draft
  rememberDevices(session)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  const list = () => {
    session.printer.text(`${'dev'.padEnd(16)}  ${'vni'.padEnd(15)}  ${'group/remote'.padEnd(15)}\n`)
    for (const vnis of session.route.each(bridge.vni.list({ index, stats: session.options.stats > 0 }))) {
      printVnis(vnis, session)
    }
  }
  // The word as bridge has it.
  dumping(session, 1, list, 'Dump ternminated')
  return 0
}
