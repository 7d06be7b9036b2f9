import { bridge } from '../../../rtnl/index.ts'
import { duplicate, type Grammar, parse, type Run, rows } from '../../grammar/index.ts'
import { dumping } from '../../ip/dump.ts'
import { rememberDevices } from '../../ip/neighbour/devices.ts'
import type { Session } from '../../session.ts'
import { noLink } from '../failure.ts'
import { asInteger, onDevice, passOver, type ShowDraft } from '../words.ts'
import { printGroups, printRouters } from './print.ts'
import { mdbUsage } from './usage.ts'

const { option } = rows<ShowDraft>()

const grammar: Grammar<ShowDraft> = {
  keywords: [
    onDevice,
    option('vid', { hint: 'VID', read: ({ current }) => current }, (draft, word) => {
      if (draft.vlan) throw duplicate('vid', word)
      draft.vlan = asInteger(word, 32)
    }),
  ],
  usage: mdbUsage,
  otherwise: passOver,
}

/** `bridge mdb show`: first the groups, then the ports with a multicast router behind them. */
export const show: Run<Session> = (session, words) => {
  const draft: ShowDraft = { session, request: {} }
  parse(grammar, words, draft)
  const { device, vlan = 0 } = draft
  rememberDevices(session)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  const { printer, route, options } = session
  const list = () => route.each(bridge.mdb.list({ index }))
  dumping(session, 255, () => {
    printer.object(undefined, () => {
      printer.array('mdb', () => {
        for (const database of list()) printGroups(database, session, vlan)
      })
      printer.object('router', () => {
        for (const database of list()) if (options.details > 0) printRouters(database, session)
      })
    })
  })
  return 0
}
