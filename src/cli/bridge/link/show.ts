import { link } from '../../../rtnl/index.ts'
import { type Grammar, parse, type Run } from '../../grammar/index.ts'
import { dumping } from '../../ip/dump.ts'
import { rememberDevices } from '../../ip/neighbour/devices.ts'
import type { Session } from '../../session.ts'
import { noLink } from '../failure.ts'
import { onDevice, passOver, type ShowDraft } from '../words.ts'
import { printPort } from './print.ts'
import { linkUsage } from './usage.ts'

const grammar: Grammar<ShowDraft> = { keywords: [onDevice], usage: linkUsage, otherwise: passOver }

/** `bridge link show`. */
export const show: Run<Session> = (session, words) => {
  const draft: ShowDraft = { session, request: {} }
  parse(grammar, words, draft)
  const { device } = draft
  rememberDevices(session)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  dumping(session, 1, () => {
    for (const port of session.route.each(link.list({ family: 'bridge' }))) {
      if (index !== undefined && port.index !== index) continue
      session.printer.object(undefined, () => printPort(port, session))
    }
  })
  return 0
}
