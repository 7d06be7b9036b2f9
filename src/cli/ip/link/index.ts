import { type CommandTable, type Run, spellings, usage, verb, type WordTable } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from '../listing/filter.ts'
import { showLinks } from '../listing/show.ts'
import { familyFilter, showFamilyStatistics } from './family-statistics.ts'
import { linkGrammar } from './keywords.ts'
import { findKind, kindNames } from './kinds/index.ts'
import { add, remove, replace, set } from './modify.ts'
import { property, propertyGrammar } from './property.ts'
import { linkUsage } from './usage.ts'
import { showKindStatistics, statisticsWords } from './xstats/index.ts'

/** `ip link help [KIND]`: a kind's own help is no error. */
const help: Run<Session> = ({ out }, words) => {
  const text = findKind(words.current)?.usage
  if (text === undefined) throw usage(linkUsage)
  out.write(`${text}\n`)
  return 0
}

const shown = filterGrammar(linkUsage)

/** Those of any link, then `type`, then those of the kind. */
const words: WordTable = {
  ...linkGrammar,
  keywords: linkGrammar.keywords.map((keyword) =>
    keyword.spellings[0]?.text === 'type' ? { ...keyword, value: { hint: 'TYPE', choices: kindNames } } : keyword,
  ),
  after(kind) {
    const found = findKind(kind)
    return found?.keywords && { keywords: found.keywords, after: found.after }
  },
}

const operators = ['add', 'del'].map((operator) => ({ spellings: spellings(operator), ends: true }))
const properties: WordTable = { keywords: operators, after: () => propertyGrammar }

export const command: CommandTable<Session> = {
  name: 'link',
  otherwise: showLinks,
  verbs: [
    verb('add*', add, { words }),
    verb('set*|change*', set, { words }),
    verb('replace*', replace, { words }),
    verb('delete*', remove, { words }),
    verb('show*|lst*|list*', showLinks, { words: shown }),
    verb('xstats*', showKindStatistics, { words: statisticsWords }),
    verb('afstats*', showFamilyStatistics, { words: familyFilter }),
    verb('property*', property, { words: properties }),
    verb('help*', help),
  ],
}
