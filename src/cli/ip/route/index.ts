import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from './filter.ts'
import { flush } from './flush.ts'
import { get, getGrammar } from './get.ts'
import { add, append, change, prepend, remove, replace, routeGrammar, test } from './modify.ts'
import { restore, save, showDump } from './save.ts'
import { show } from './show.ts'
import { routeUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'route',
  otherwise: show,
  verbs: [
    verb('add*', add, { finishes: true, words: routeGrammar }),
    verb('change*|chg', change, { finishes: true, words: routeGrammar }),
    verb('replace*', replace, { finishes: true, words: routeGrammar }),
    verb('prepend*', prepend, { finishes: true, words: routeGrammar }),
    verb('append*', append, { finishes: true, words: routeGrammar }),
    verb('test*', test, { finishes: true, words: routeGrammar }),
    verb('delete*', remove, { finishes: true, words: routeGrammar }),
    verb('list*|show*|lst*', show, { words: filterGrammar }),
    verb('get*', get, { words: getGrammar }),
    verb('flush*', flush, { words: filterGrammar }),
    verb('save*', save, { words: filterGrammar }),
    verb('restore*', restore),
    verb('showdump*', showDump),
    help(routeUsage),
  ],
}
