import { link } from '../../../rtnl/index.ts'
import {
  CommandFailure,
  findDevice,
  type Grammar,
  offOn,
  parse,
  type Reader,
  type Run,
  rows,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { device, refuseWord } from './show.ts'
import { statsUsage } from './usage.ts'

const needed = (what: string) => new CommandFailure(`Not enough information: ${what} is required.`, 255)

interface Draft {
  readonly session: Session
  readonly request: { device?: string; l3Stats?: boolean }
}

const { option } = rows<Draft>()
const onOff = offOn('l3_stats', 22)

const onOffOnce: Reader<boolean, Draft> = {
  ...onOff,
  read(words, { request }) {
    if (request.l3Stats === undefined) return onOff.read(words, undefined)
    throw new CommandFailure('A statistics suite to toggle was already given.', 22)
  },
}

export const settingGrammar: Grammar<Draft> = {
  usage: statsUsage,
  keywords: [option('dev', device, 'device'), option('l3_stats', onOffOnce, 'l3Stats')],
  otherwise: refuseWord,
}

/** `ip stats set dev DEV l3_stats { on | off }`. */
export const set: Run<Session> = (session, words) => {
  const draft: Draft = { session, request: {} }
  parse(settingGrammar, words, draft)
  const { device, l3Stats } = draft.request
  if (device === undefined) throw needed('"dev" argument')
  if (l3Stats === undefined) throw needed('stat type to toggle')
  session.route.finish(link.setStatistics(findDevice(draft, device), { l3Stats }))
  return 0
}
