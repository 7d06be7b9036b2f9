import { link } from '../../../rtnl/index.ts'
import { CommandFailure, noDevice, offOn, type Run, usage } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { readDevice, unknownWord } from './show.ts'
import { statsUsage } from './usage.ts'

const needed = (what: string) => new CommandFailure(`Not enough information: ${what} is required.`, 255)
const onOff = offOn('l3_stats', 22)

/** `ip stats set dev DEV l3_stats { on | off }`. */
export const set: Run<Session> = (session, words) => {
  let device: string | undefined
  let l3Stats: boolean | undefined
  for (; !words.done; words.advance()) {
    if (words.current === 'dev') device = readDevice(words, device)
    else if (words.current === 'l3_stats') {
      words.next()
      if (l3Stats !== undefined) throw new CommandFailure('A statistics suite to toggle was already given.', 22)
      l3Stats = onOff.read(words, undefined)
    } else if (words.current === 'help') throw usage(statsUsage, 0)
    else throw unknownWord(words.current)
  }
  if (device === undefined) throw needed('"dev" argument')
  if (l3Stats === undefined) throw needed('stat type to toggle')
  const index = session.devices.index(device)
  if (index === 0) throw noDevice(device)
  session.route.finish(link.setStatistics(index, { l3Stats }))
  return 0
}
