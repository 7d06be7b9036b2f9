import { link } from '../../../rtnl/index.ts'
import {
  abbreviates,
  addressText,
  CommandFailure,
  type CommandTable,
  expectPrefix,
  help,
  type Run,
  usage,
  verb,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { tokenUsage } from './usage.ts'

function deviceIndex(words: Words, { devices }: Session): number {
  const index = devices.index(words.next())
  if (index === 0) throw wrong(words.current, 'dev is invalid\n')
  return index
}

/** `ip token list`: the token of each link that can have one; words other than `dev` are passed over. */
const list: Run<Session> = (session, words) => {
  const { printer, route } = session
  let index = 0
  for (; !words.done && index === 0; words.advance()) {
    if (words.current === 'dev') index = deviceIndex(words, session)
  }
  dumping(session, 1, () => {
    for (const item of route.each(link.list({ family: 'inet6' }))) {
      if (item.family === 'inet6' && (index === 0 || index === item.index)) {
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

/** `ip token set` and `delete`. */
function change(deletes: boolean): Run<Session> {
  return (session, words) => {
    let token: string | undefined = deletes ? '::' : undefined
    let index: number | undefined
    for (; !words.done; words.advance()) {
      if (words.current === 'dev') {
        if (index === undefined) index = deviceIndex(words, session)
        else words.next()
      } else if (abbreviates(words.current, 'help')) throw usage(tokenUsage)
      else token ??= addressText(expectPrefix(words.current, 'inet6')) || '::'
    }
    if (token === undefined) throw new CommandFailure('Not enough information: token is required.', 1)
    if (index === undefined) throw new CommandFailure('Not enough information: "dev" argument is required.', 1)
    session.route.finish(link.set({ family: 'inet6', index, afSpec: { inet6: { token } } }))
    return 0
  }
}

export const command: CommandTable<Session> = {
  name: 'token',
  otherwise: list,
  verbs: [
    verb('list*|lst*|show*', list),
    verb('set*|add*', change(false), { finishes: true }),
    verb('delete*', change(true), { finishes: true }),
    verb('get*', list),
    help(tokenUsage),
  ],
}
