import { link } from '../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  findDevice,
  type Grammar,
  isAlternativeName,
  parse,
  type Reader,
  type Run,
  rows,
  usage,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { linkUsage } from './usage.ts'

interface PropertyDraft {
  readonly session: Session
  readonly request: { altName: string[] }
  device?: string
}

const alternativeName: Reader<string> = {
  hint: 'NAME',
  read({ current }) {
    if (!isAlternativeName(current)) throw wrong(current, 'not a valid altname')
    return current
  },
}

export const propertyGrammar: Grammar<PropertyDraft> = {
  keywords: [
    rows<PropertyDraft>().option('altname*', alternativeName, ({ request }, name) => {
      request.altName.push(name)
    }),
  ],
  usage: linkUsage,
  otherwise: {
    introducer: 'dev',
    name: 'dev',
    hint: 'DEVICE',
    helpBefore: true,
    given: (draft) => draft.device !== undefined,
    take({ current }, draft) {
      if (!isAlternativeName(current)) throw wrong(current, '"dev" not a valid ifname')
      draft.device = current
    },
  },
}

/** `ip link property add` and `del`. */
export const property: Run<Session> = (session, words) => {
  if (words.done) throw usage(linkUsage)
  const adds = abbreviates(words.current, 'add')
  if (!adds && !abbreviates(words.current, 'del')) {
    throw abbreviates(words.current, 'help') ? usage(linkUsage) : new CommandFailure('Operator required', 255)
  }
  words.advance()
  const draft: PropertyDraft = { session, request: { altName: [] } }
  parse(propertyGrammar, words, draft)
  if (draft.device === undefined) {
    throw new CommandFailure('Not enough of information: "dev" argument is required.', 255)
  }
  const index = findDevice(draft, draft.device)
  const { altName } = draft.request
  // The kernel takes a request that names none for one that is done.
  if (altName.length === 0) return 0
  session.route.change(adds ? link.addAltName(index, ...altName) : link.deleteAltName(index, ...altName))
  return 0
}
