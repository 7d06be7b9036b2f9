import type { link } from '../../../../rtnl/index.ts'
import { CommandFailure, duplicate, parse, spellings, type Words, type WordTable } from '../../../grammar/index.ts'
import { linkDraft } from '../draft.ts'
import { linkGrammar } from '../keywords.ts'
import { settle } from '../settle.ts'
import type { KindContext, LinkKind } from './kind.ts'

/** What follows `peer`: the words of any link but its type. */
function peerWords(): WordTable {
  return { ...linkGrammar, keywords: linkGrammar.keywords.filter(({ ends }) => !ends) }
}

/** A pair. `peer` is followed by the options of any link; its namespace is where the other end is made. */
function pair(name: 'veth' | 'vxcan'): LinkKind {
  const usage = `Usage: ip link <options> type ${name} [peer <options>]
To get <options> type 'ip link add help'`
  return {
    name,
    usage,
    keywords: [{ spellings: spellings('peer'), ends: true, take() {} }],
    after: peerWords,
    read(words, context) {
      if (words.current !== 'peer') {
        // On stdout, unlike the usage of every other kind.
        context.session.out.write(`${usage}\n`)
        throw new CommandFailure('', 1)
      }
      words.advance()
      return { peer: readPeer(words, context) }
    },
  }
}

function readPeer(words: Words, { session, creates }: KindContext): link.LinkInput {
  const draft = linkDraft(session, creates)
  parse(linkGrammar, words, draft)
  settle(draft, words)
  if (draft.type !== undefined) throw duplicate('type', draft.type)
  const on = [...draft.flags].filter(([, wanted]) => wanted).map(([flag]) => flag)
  return draft.flags.size === 0 ? draft.request : { flags: on, change: [...draft.flags.keys()], ...draft.request }
}

export const veth = pair('veth')
export const vxcan = pair('vxcan')
