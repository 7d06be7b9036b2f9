import { type CommandTable, dispatch, help, type Run, usage, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unknownVerb } from '../objects.ts'
import { add, remove } from './modify.ts'
import { setGlobal, setOptions } from './options.ts'
import { show, showGlobal, showTunnels } from './show.ts'
import { vlanUsage } from './usage.ts'

const globalCommand: CommandTable<Session> = {
  name: 'vlan',
  otherwise: showGlobal,
  unknown() {
    throw usage(vlanUsage)
  },
  verbs: [verb('show|lst|list', showGlobal), verb('set', setGlobal)],
}

/** `bridge vlan global`. */
const global: Run<Session> = (session, words) => dispatch(globalCommand, session, words)

export const command: CommandTable<Session> = {
  name: 'vlan',
  otherwise: show,
  unknown: unknownVerb('vlan'),
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('show*|lst*|list*', show),
    verb('tunnelshow*', showTunnels),
    verb('set*', setOptions, { finishes: true }),
    verb('global', global),
    help(vlanUsage),
  ],
}
