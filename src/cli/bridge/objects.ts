import { CommandFailure, type CommandTable, type Spelling, spelled, spellings, usage } from '../grammar/index.ts'
import type { Session } from '../session.ts'
import { failed } from './failure.ts'
import { programUsage } from './usage.ts'

interface BridgeObject {
  readonly spellings: readonly Spelling[]
  load(): Promise<CommandTable<Session>>
}

const object = (notation: string, load: () => Promise<{ readonly command: CommandTable<Session> }>): BridgeObject => ({
  spellings: spellings(notation),
  load: async () => (await load()).command,
})

/** In the order in which iproute2 resolves abbreviations: `bridge v` is vlan. */
const OBJECTS: readonly BridgeObject[] = [
  object('link*', () => import('./link/index.ts')),
  object('fdb*', () => import('./fdb/index.ts')),
  object('mdb*', () => import('./mdb/index.ts')),
  object('vlan*', () => import('./vlan/index.ts')),
  object('vni*', () => import('./vni/index.ts')),
  object('monitor*', () => import('./monitor.ts')),
  {
    spellings: spellings('help*'),
    load() {
      throw usage(programUsage)
    },
  },
]

/** Throws CommandFailure where there is none of that name. */
export function objectNamed(word: string): BridgeObject {
  const found = spelled(word, OBJECTS)
  if (found === undefined) throw failed(`Object "${word}" is unknown, try "bridge help".`)
  return found
}

/** What an object says to a word that is no verb of it. */
export function unknownVerb(name: string): Required<CommandTable<Session>>['unknown'] {
  return (_session, { current }) => {
    throw new CommandFailure(`Command "${current}" is unknown, try "bridge ${name} help".`, 255)
  }
}
