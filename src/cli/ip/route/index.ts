import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from './filter.ts'
import { flush } from './flush.ts'
import { get, getGrammar } from './get.ts'
import { add, append, change, prepend, remove, replace, routeGrammar, test } from './modify.ts'
import { restore, save, showDump } from './save.ts'
import { show } from './show.ts'
import { routeUsage } from './usage.ts'

const modifies = { finishes: true, uniform: true, words: routeGrammar }

export const command: CommandTable<Session> = {
  name: 'route',
  otherwise: show,
  verbs: [
    verb('add*', add, modifies),
    verb('change*|chg', change, modifies),
    verb('replace*', replace, modifies),
    verb('prepend*', prepend, modifies),
    verb('append*', append, modifies),
    verb('test*', test, modifies),
    verb('delete*', remove, modifies),
    verb('list*|show*|lst*', show, { words: filterGrammar }),
    verb('get*', get, { words: getGrammar }),
    verb('flush*', flush, { words: filterGrammar }),
    verb('save*', save, { words: filterGrammar }),
    verb('restore*', restore),
    verb('showdump*', showDump),
    help(routeUsage),
  ],
}
