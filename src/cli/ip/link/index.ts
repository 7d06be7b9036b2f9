import { type CommandTable, type Run, usage, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { showLinks } from '../listing/show.ts'
import { showFamilyStatistics } from './family-statistics.ts'
import { findKind } from './kinds/index.ts'
import { add, remove, replace, set } from './modify.ts'
import { property } from './property.ts'
import { linkUsage } from './usage.ts'
import { showKindStatistics } from './xstats/index.ts'

/** `ip link help [KIND]`: a kind's own help is no error. */
const help: Run<Session> = ({ out }, words) => {
  const text = findKind(words.current)?.usage
  if (text === undefined) throw usage(linkUsage)
  out.write(`${text}\n`)
  return 0
}

export const command: CommandTable<Session> = {
  name: 'link',
  otherwise: showLinks,
  verbs: [
    verb('add*', add),
    verb('set*|change*', set),
    verb('replace*', replace),
    verb('delete*', remove),
    verb('show*|lst*|list*', showLinks),
    verb('xstats*', showKindStatistics),
    verb('afstats*', showFamilyStatistics),
    verb('property*', property),
    verb('help*', help),
  ],
}
