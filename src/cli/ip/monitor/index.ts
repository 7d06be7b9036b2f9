import { readFileSync } from 'node:fs'
import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { DecodeError, type Event, keptEvents, type Subscription } from '../../../netlink/index.ts'
import { link } from '../../../rtnl/index.ts'
import { CommandFailure, type CommandTable, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { namesById } from '../netns/ids.ts'
import { keptProtocol } from './kept.ts'
import { newsroom } from './newsroom.ts'
import { groupsOf, TOPICS, type Topic } from './topics.ts'
import { type MonitorDraft, monitorGrammar, readWords } from './words.ts'

/** `ip monitor`: tells what changes until it is ended. */
const monitor: Run<Session> = async (session, words) => {
  const draft = readWords(session, words)
  const { file } = draft.request
  const tell = newsroom(draft)
  if (file !== undefined) {
    for (const event of readKept(file)) tell(event)
    return 0
  }
  using subscription = subscribe(draft)
  for (const item of session.route.each(link.list())) session.devices.remember(item)
  namesById(session)
  for await (const event of subscription) tell(event)
  return 0
}

/** Throws CommandFailure. */
function subscribe({ session, topics, request }: MonitorDraft): Subscription {
  const { family, receiveBuffer } = session.options
  const watch = (names: Iterable<Topic>) => {
    return session.watch(groupsOf(names, family), { receiveBuffer, allNamespaces: request.allNamespaces })
  }
  if (topics.size > 0) return watch(topics)
  const all = Object.keys(TOPICS) as Topic[]
  try {
    return watch(all)
  } catch (error) {
    // Kernels before 5.18 tell of no statistics, which nobody has asked for by name.
    if (!(error instanceof SystemError)) throw error
    return watch(all.filter((topic) => topic !== 'stats'))
  }
}

/** The messages of a file, such as rtmon(8) writes. Throws CommandFailure, after those before the fault. */
export function* readKept(file: string): Generator<Event> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { errno = 0, code } = error as NodeJS.ErrnoException
    const why = errnoMessage(-errno)
    // A directory can be opened, and not be read.
    if (code === 'EISDIR') throw new CommandFailure(`rtnl_from_file: fread: ${why}`, 1)
    throw new CommandFailure(`Cannot fopen: ${why}`, 255)
  }
  try {
    yield* keptEvents(keptProtocol, bytes)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new CommandFailure('rtnl-from_file: truncated message', 1)
  }
}

export const command: CommandTable<Session> = {
  name: 'monitor',
  verbs: [],
  words: monitorGrammar,
  otherwise: monitor,
  unknown: monitor,
}
