import { type CommandTable, usage } from '../grammar/index.ts'
import type { Session } from '../session.ts'
import { programUsage } from './usage.ts'

const show = (): never => {
  throw usage(programUsage)
}

/** `ip help`, whatever follows. */
export const command: CommandTable<Session> = { name: 'help', verbs: [], otherwise: show, unknown: show }
