import { link } from '../../../rtnl/index.ts'
import {
  CommandFailure,
  garbage,
  isDeviceName,
  noDevice,
  type Run,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { LEVELS, Selection } from './selection.ts'
import { SUITES, type Suite } from './suites.ts'
import { statsUsage } from './usage.ts'

/** The device after `dev`. Throws CommandFailure. */
export function readDevice(words: Words, before: string | undefined): string {
  const name = words.next()
  if (before !== undefined) throw garbage('dev', name)
  if (!isDeviceName(name)) throw wrong(name, '"dev" not a valid ifname')
  return name
}

/** A word that is none of the command's; what is, follows. */
export function unknownWord(word: string): CommandFailure {
  return new CommandFailure(`What is "${word}"?\n${statsUsage}`, 22)
}

/** `ip stats show`. */
export const show: Run<Session> = (session, words) => {
  const selection = new Selection()
  let device: string | undefined
  for (; !words.done; words.advance()) {
    const level = LEVELS.find((name) => name === words.current)
    if (words.current === 'dev') device = readDevice(words, device)
    else if (words.current === 'help') throw usage(statsUsage, 0)
    else if (level === undefined) throw unknownWord(words.current)
    else selection.choose(level, words.next())
  }
  const suites = selection.suites()
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
