import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { shownStates, states } from './conntrack.ts'

const WORDS = ['INVALID', 'NEW', 'ESTABLISHED', 'RELATED', 'UNTRACKED'] as const

function parsed(text: string) {
  const empty = '"--state" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED'
  return states(text, (rest) => new IptablesError(rest === '' ? empty : `Bad state "${rest}"`), WORDS)
}

const help = `state match options:
 [!] --state [INVALID|ESTABLISHED|NEW|RELATED|UNTRACKED][,...]
				State(s) to match
`

/** `-m state`, which iptables writes as conntrack. */
export const state = extension({
  name: 'conntrack',
  word: 'state',
  revision: 3,
  codec: xtables.matches.conntrack[3],
  options: [
    {
      names: ['state'],
      not: true,
      required: true,
      read({ info, value, not }) {
        info.states = parsed(value)
        info.matched = ['state', 'state-alias']
        if (not) info.inverted = ['state']
      },
    },
  ],
  savedAs: () => 'state',
  save: () => '',
  list: () => '',
  help,
})

/** The kernel's own state match, as iptables of old wrote it: it is shown. */
export const oldState = extension({
  name: 'state',
  revision: 0,
  codec: xtables.matches.state[0],
  options: [],
  save: ({ states }) => ` --state ${shownStates(states)}`,
  list: ({ states }) => ` state ${shownStates(states)}`,
  help,
})
