import { bridge, link } from '../../../rtnl/index.ts'
import { duplicate, type Grammar, parse, type Run, rows, type Words } from '../../grammar/index.ts'
import { dumping } from '../../ip/dump.ts'
import { rememberDevices } from '../../ip/neighbour/devices.ts'
import type { Session } from '../../session.ts'
import { noLink } from '../failure.ts'
import { asInteger, onDevice, passOver, type ShowDraft } from '../words.ts'
import { printTunnels, printVlans } from './print.ts'
import { printCounters } from './print-counters.ts'
import { printOptions } from './print-options.ts'
import { vlanUsage } from './usage.ts'

/** What is asked for; `vlan` 0 is all of them. */
export interface VlanView {
  readonly index: number | undefined
  readonly vlan: number
}

const { option } = rows<ShowDraft>()

export const vlanGrammar: Grammar<ShowDraft> = {
  keywords: [
    onDevice,
    option('vid', { hint: 'VLAN_ID', read: ({ current }) => current }, (draft, word) => {
      if (draft.vlan) throw duplicate('vid', word)
      draft.vlan = asInteger(word, 32)
    }),
  ],
  usage: vlanUsage,
  otherwise: passOver,
}

export function readView(session: Session, words: Words): VlanView {
  const draft: ShowDraft = { session, request: {} }
  parse(vlanGrammar, words, draft)
  const { device, vlan = 0 } = draft
  rememberDevices(session)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  return { index, vlan }
}

/** `bridge vlan show`: from what links say, with `-d` from the bridge's own table, with `-s` from its counters. */
export const show: Run<Session> = (session, words) => {
  const view = readView(session, words)
  const { options } = session
  if (options.details > 0) return showOptions(session, view, false)
  if (options.stats > 0) return showCounters(session, view)
  return showLinks(session, view, '', printVlans)
}

/** `bridge vlan tunnelshow`. */
export const showTunnels: Run<Session> = (session, words) => {
  const view = readView(session, words)
  if (session.options.stats > 0) return showCounters(session, view)
  return showLinks(session, view, '  tunnel-id', printTunnels)
}

/** `bridge vlan global show`. */
export const showGlobal: Run<Session> = (session, words) => showOptions(session, readView(session, words), true)

function heading({ printer }: Session, more = ''): void {
  printer.text(`${'port'.padEnd(16)}  ${'vlan-id'.padEnd(9)}${more}\n`)
}

function showLinks(session: Session, view: VlanView, more: string, print: typeof printVlans): number {
  const { route, options } = session
  const extMask = options.compressVlans ? ['brvlan-compressed' as const] : ['brvlan' as const]
  dumping(session, 1, () => {
    heading(session, more)
    for (const port of route.each(link.list({ family: 'bridge', extMask }))) {
      if (view.index === undefined || port.index === view.index) print(port, view.vlan, session)
    }
  })
  return 0
}

function showOptions(session: Session, view: VlanView, global: boolean): number {
  const stats = session.options.stats > 0 && !global
  dumping(session, 1, () => {
    heading(session)
    for (const vlans of byPort(session.route.each(bridge.vlan.list({ global, stats })), view.index)) {
      printOptions(vlans, session, view.vlan, global)
    }
  })
  return 0
}

function showCounters(session: Session, view: VlanView): number {
  dumping(session, 1, () => {
    session.printer.text(`${'port'.padEnd(16)}  vlan-id\n`)
    for (const group of ['link-xstats', 'link-xstats-slave'] as const) {
      for (const counters of session.route.each(link.listStatistics(group))) {
        if (view.index === undefined || counters.index === view.index) printCounters(counters, view.vlan, session)
      }
    }
  })
  return 0
}

/** What follows each other of one port, as one. */
function* byPort(list: Iterable<bridge.vlan.BridgeVlans>, index: number | undefined) {
  let whole: bridge.vlan.BridgeVlans | undefined
  for (const vlans of list) {
    if (index !== undefined && vlans.ifindex !== index) continue
    if (whole?.ifindex !== vlans.ifindex) {
      if (whole !== undefined) yield whole
      whole = vlans
    } else {
      whole = {
        ...whole,
        entry: [...(whole.entry ?? []), ...(vlans.entry ?? [])],
        globalOptions: [...(whole.globalOptions ?? []), ...(vlans.globalOptions ?? [])],
      }
    }
  }
  if (whole !== undefined) yield whole
}
