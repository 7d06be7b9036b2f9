import type { link } from '../../../../rtnl/index.ts'
import { CommandFailure, duplicate, parse, type Words } from '../../../grammar/index.ts'
import type { Session } from '../../../session.ts'
import { linkDraft } from '../draft.ts'
import { linkGrammar } from '../keywords.ts'
import { settle } from '../settle.ts'
import type { LinkKind } from './kind.ts'

const usage = `Usage: ip link <options> type veth [peer <options>]
To get <options> type 'ip link add help'`

/** A pair. `peer` is followed by the options of any link; its namespace is where the other end is made. */
export const veth: LinkKind = {
  name: 'veth',
  usage,
  read(words, session, creates) {
    if (words.current !== 'peer') {
      // On stdout, unlike the usage of every other kind.
      session.out.write(`${usage}\n`)
      throw new CommandFailure('', 1)
    }
    words.advance()
    return { peer: readPeer(words, session, creates) }
  },
}

function readPeer(words: Words, session: Session, creates: boolean): link.LinkInput {
  const draft = linkDraft(session, creates)
  parse(linkGrammar, words, draft)
  settle(draft, words)
  if (draft.type !== undefined) throw duplicate('type', draft.type)
  const on = [...draft.flags].filter(([, wanted]) => wanted).map(([flag]) => flag)
  return draft.flags.size === 0 ? draft.request : { flags: on, change: [...draft.flags.keys()], ...draft.request }
}
