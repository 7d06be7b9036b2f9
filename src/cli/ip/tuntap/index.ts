import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { tuntapKeywords } from './keywords.ts'
import { add, remove } from './modify.ts'
import { show } from './show.ts'
import { tuntapUsage } from './usage.ts'

const wordsOf = (creates: boolean) => ({
  keywords: tuntapKeywords(creates),
  otherwise: { introducer: 'name', hint: 'NAME' },
})

export const command: CommandTable<Session> = {
  name: 'tuntap',
  otherwise: show,
  verbs: [
    verb('add*', add, { words: wordsOf(true) }),
    verb('delete*', remove, { words: wordsOf(false) }),
    verb('show*|lst*|list*', show),
    help(tuntapUsage),
  ],
}
