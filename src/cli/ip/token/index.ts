import { link } from '../../../rtnl/index.ts'
import {
  abbreviates,
  addressText,
  CommandFailure,
  type CommandTable,
  device,
  expectPrefix,
  type Grammar,
  help,
  type Keyword,
  parse,
  type Run,
  rows,
  usage,
  verb,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { emptyAddress } from '../empty-address.ts'
import { tokenUsage } from './usage.ts'

interface Draft {
  readonly session: Session
  readonly request: { token?: string; index?: number }
}

const dev = device('dev is invalid\n')
const { option } = rows<Draft>()

const filterGrammar: Grammar<Draft> = {
  usage: tokenUsage,
  keywords: [option('dev', dev, 'index', { ends: true })],
  otherwise() {},
}

/** `ip token list`: the token of each link that can have one; words other than `dev` are passed over. */
const list: Run<Session> = (session, words) => {
  const { printer, route } = session
  const draft: Draft = { session, request: {} }
  parse(filterGrammar, words, draft)
  const { index } = draft.request
  dumping(session, 1, () => {
    for (const item of route.each(link.list({ family: 'inet6' }))) {
      if (item.family === 'inet6' && (index === undefined || index === item.index)) {
        if (!item.flags.includes('loopback') && !item.flags.includes('no-arp')) show(item)
      }
    }
  })
  return 0

  function show(item: link.Link): void {
    const token = item.protinfo !== undefined && 'token' in item.protinfo ? item.protinfo.token : undefined
    if (token === undefined) {
      throw new CommandFailure("Seems there's no support for IPv6 token!\nDump terminated", 1)
    }
    printer.object(undefined, () => {
      printer.text('token ')
      printer.field('token', session.hostText(String(token)), '%', { colour: 'inet6' })
      printer.text(' dev ')
      printer.field('ifname', session.devices.name(item.index), '%\n', { colour: 'ifname' })
    })
  }
}

/** The first link is the one that counts; the others are not looked at. */
const firstDevice: Keyword<Draft> = {
  ...option('dev', dev, 'index'),
  take(words, { session, request }) {
    request.index ??= dev.read(words, { session })
  },
}

const grammar: Grammar<Draft> = {
  usage: tokenUsage,
  keywords: [firstDevice],
  otherwise({ current }, { request }) {
    if (abbreviates(current, 'help')) throw usage(tokenUsage)
    request.token ??= addressText(expectPrefix(current, 'inet6'))
  },
}

/** `ip token set` and `delete`. */
function change(deletes: boolean): Run<Session> {
  return (session, words) => {
    const draft: Draft = { session, request: deletes ? { token: '::' } : {} }
    parse(grammar, words, draft)
    const { token, index } = draft.request
    if (token === undefined) throw new CommandFailure('Not enough information: token is required.', 1)
    if (index === undefined) throw new CommandFailure('Not enough information: "dev" argument is required.', 1)
    if (token === '') throw emptyAddress()
    session.route.finish(link.set({ family: 'inet6', index, afSpec: { inet6: { token } } }))
    return 0
  }
}

export const command: CommandTable<Session> = {
  name: 'token',
  otherwise: list,
  verbs: [
    verb('list*|lst*|show*', list, { words: filterGrammar }),
    verb('set*|add*', change(false), { finishes: true, words: grammar }),
    verb('delete*', change(true), { finishes: true, words: grammar }),
    verb('get*', list, { words: filterGrammar }),
    help(tokenUsage),
  ],
}
