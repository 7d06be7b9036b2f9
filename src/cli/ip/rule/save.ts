import { rule } from '../../../rtnl/index.ts'
import type { Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { readSavedFile, restoreItem, saveDump, savedItems } from '../saved.ts'
import { refuseWords } from './filter.ts'

const FILE = { magic: 0x71706986, what: 'rule' } as const
const STATUS = 255

/** `ip rule save`. */
export const save: Run<Session> = (session, words) => {
  refuseWords(words, 'save')
  const { family } = session.options
  saveDump(session, FILE, rule.list({ family: family === 'unspec' ? 'inet' : family }), STATUS)
  return 0
}

/** `ip rule restore`. */
export const restore: Run<Session> = (session) => {
  for (const saved of savedItems(readSavedFile(FILE, STATUS), rule.list(), STATUS)) {
    restoreItem(session, saved, FILE.what, STATUS)
  }
  return 0
}
