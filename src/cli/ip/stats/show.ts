import { link } from '../../../rtnl/index.ts'
import {
  CommandFailure,
  type Grammar,
  garbage,
  isDeviceName,
  noDevice,
  parse,
  type Reader,
  type Run,
  rows,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { LEVELS, type Level, Selection } from './selection.ts'
import { SUITES, type Suite } from './suites.ts'
import { statsUsage } from './usage.ts'

/** The device after `dev`, which stands once. */
export const device: Reader<string, { readonly request: { readonly device?: string } }> = {
  hint: 'DEVICE',
  read({ current }, { request }) {
    if (request.device !== undefined) throw garbage('dev', current)
    if (!isDeviceName(current)) throw wrong(current, '"dev" not a valid ifname')
    return current
  },
}

/** A word that is none of the command's; what is, follows. Throws CommandFailure. */
export function refuseWord({ current }: Words): never {
  if (current === 'help') throw usage(statsUsage, 0)
  throw new CommandFailure(`What is "${current}"?\n${statsUsage}`, 22)
}

interface Draft {
  readonly request: { device?: string }
  readonly selection: Selection
}

const { option } = rows<Draft>()

export const filterGrammar: Grammar<Draft> = {
  usage: statsUsage,
  keywords: [
    option('dev', device, 'device'),
    ...LEVELS.map((level) => option(level, oneOf(level), ({ selection }, name) => selection.choose(level, name))),
  ],
  otherwise: refuseWord,
}

/** Whether there is such a one is told once all is said of it. */
function oneOf(level: Level): Reader<string> {
  const choices = [...new Set(SUITES.flatMap(({ path }) => path[LEVELS.indexOf(level)] ?? []))]
  return { hint: level.toUpperCase(), choices, read: ({ current }) => current }
}

/** `ip stats show`. */
export const show: Run<Session> = (session, words) => {
  const draft: Draft = { request: {}, selection: new Selection() }
  parse(filterGrammar, words, draft)
  const { device } = draft.request
  const suites = draft.selection.suites()
  const groups = [...new Set(suites.map(({ group }) => group))]
  const { devices, printer, route } = session
  if (device === undefined) {
    dumping(session, 2, () => {
      for (const item of [...route.each(link.listStatistics(...groups))]) {
        printStatistics(item, suites, session)
        printer.newLine()
      }
    })
    return 0
  }
  const index = devices.index(device)
  if (index === 0) throw noDevice(device)
  printer.records(() => printStatistics(route.ask(link.getStatistics(index, ...groups)), suites, session))
  return 0
}

const SETTINGS = SUITES.filter(({ path }) => path.includes('hw_stats_info')).map((suite) => ({ ...suite, path: [] }))

/** What hardware is asked to count of a link, as `ip monitor` tells of a change to it. */
export function printStatisticsSettings(item: link.LinkStatistics, session: Session): void {
  printStatistics(item, SETTINGS, session)
}

function printStatistics(item: link.LinkStatistics, suites: readonly Suite[], session: Session): void {
  const { printer, devices } = session
  for (const suite of suites) {
    printer.object(undefined, () => {
      printer.field('ifindex', item.index, '%:')
      printer.field('ifname', devices.name(item.index), ' %:', { colour: 'ifname' })
      for (const [i, name] of suite.path.entries()) printer.field(LEVELS[i]!, name, ` ${LEVELS[i]} %`)
      suite.show(item, session)
    })
    printer.newLine()
  }
}
