import { rule } from '../../../rtnl/index.ts'
import type { Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { beginFile, readSavedFile, restoreItem, savedItems, saveItems } from '../saved.ts'
import { refuseWords } from './filter.ts'

const FILE = { magic: 0x71706986, what: 'rule' } as const
const STATUS = 255

/** `ip rule save`. */
export const save: Run<Session> = (session, words) => {
  refuseWords(words, 'save')
  const { family } = session.options
  beginFile(FILE)
  const request = rule.list({ family: family === 'unspec' ? 'inet' : family })
  dumping(session, STATUS, () => saveItems(session, request, () => true))
  return 0
}

/** `ip rule restore`. */
export const restore: Run<Session> = (session) => {
  for (const saved of savedItems(readSavedFile(FILE, STATUS), rule.list(), STATUS)) {
    restoreItem(session, saved, FILE.what, STATUS)
  }
  return 0
}
