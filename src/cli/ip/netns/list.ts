import { existsSync } from 'node:fs'
import { directory, list } from '../../../netns/index.ts'
import { nsid } from '../../../rtnl/index.ts'
import {
  cNumber,
  duplicate,
  type Grammar,
  type Keyword,
  parse,
  type Reader,
  type Run,
  rows,
  usage,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { idOf, namesById, namespaceNameOf } from './ids.ts'
import { netnsUsage } from './usage.ts'

/** `ip netns list`. */
export const listNames: Run<Session> = (session) => {
  const { printer } = session
  // ip says nothing at all, in JSON too, where no namespace was ever named.
  if (!existsSync(directory)) return 0
  // Asked for twice, as ip does: what is no namespace is complained of each time.
  namesById(session)
  printer.records(() => {
    for (const name of list()) {
      printer.object(undefined, () => {
        printer.field('name', name, '%')
        const id = idOf(session, name)
        if (id !== undefined) printer.field('id', id, ' (id: %)')
        printer.endRecord()
      })
    }
  })
  return 0
}

interface IdDraft {
  readonly request: { target?: number; id?: number }
}

function idKeyword(name: 'nsid' | 'target-nsid', key: 'id' | 'target'): Keyword<IdDraft> {
  const reader: Reader<number, IdDraft> = {
    hint: 'POSITIVE-INT',
    read(words, { request }) {
      if (request[key] !== undefined) throw duplicate(name, name)
      const id = cNumber(words.current, -0x80000000, 0x7fffffff)
      if (id === undefined) throw wrong(words.current, `"${name}" value is invalid`)
      if (id < 0) throw wrong(words.following ?? '(null)', `"${name}" value should be >= 0`)
      return id
    },
  }
  return rows<IdDraft>().option(name, reader, key)
}

export const idGrammar: Grammar<IdDraft> = {
  keywords: [idKeyword('target-nsid', 'target'), idKeyword('nsid', 'id')],
  usage: netnsUsage,
  otherwise() {
    throw usage(netnsUsage)
  },
}

/** `ip netns list-id`. */
export const listIds: Run<Session> = (session, words) => {
  const draft: IdDraft = { request: {} }
  parse(idGrammar, words, draft)
  const { id, target } = draft.request
  const { printer, route } = session
  namesById(session)
  const print = (entry: nsid.Nsid) => printer.object(undefined, () => printId(entry, session))
  if (id === undefined) {
    dumping(session, 1, () => {
      for (const entry of route.each(nsid.list({ targetNsid: target }))) print(entry)
    })
    return 0
  }
  const found = route.ask(nsid.get({ nsid: id, targetNsid: target }))
  printer.records(() => print(found))
  return 0
}

function printId({ nsid: id = nsid.NOT_ASSIGNED, currentNsid }: nsid.Nsid, session: Session): void {
  const { printer } = session
  if (id < 0) printer.text('nsid unassigned ')
  else printer.field('nsid', id, 'nsid % ')
  if (currentNsid !== undefined) {
    if (currentNsid < 0) printer.text('current-nsid unassigned ')
    else printer.field('current-nsid', currentNsid, 'current-nsid % ')
  }
  const name = namespaceNameOf(session, currentNsid ?? id)
  if (name !== undefined) printer.field('name', name, '(iproute2 netns name: %)')
  printer.endRecord()
}
