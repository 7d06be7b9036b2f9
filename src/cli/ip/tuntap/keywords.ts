import type { TunFlag } from '../../../ops/index.ts'
import {
  abbreviates,
  CommandFailure,
  choice,
  cTruncated,
  type Grammar,
  garbage,
  isDeviceName,
  type Keyword,
  parse,
  type Reader,
  rows,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { accountId } from '../../names/accounts.ts'
import { tuntapUsage } from './usage.ts'

/** What has been read of `ip tuntap add` or `del`. */
export interface TuntapRequest {
  name: string
  readonly flags: Set<TunFlag>
  user?: number
  group?: number
}

interface Draft {
  readonly request: TuntapRequest
}

const { option, flag } = rows<Draft>()

const mode = choice({ 'tun*': 'tun', 'tap*': 'tap' } as const, (word) => {
  return new CommandFailure(`Unknown tunnel mode "${word}"`, 255)
})

/** A number, or a name of this machine's files. */
const account = (what: 'user' | 'group'): Reader<number> => ({
  hint: what.toUpperCase(),
  read({ current }) {
    const id = cTruncated(current, 10) ?? accountId(what, current)
    if (id === undefined) throw new CommandFailure(`invalid ${what} "${current}"`, 255)
    return id
  },
})

function checkedName(word: string, keyword: 'dev' | 'name'): string {
  if (!isDeviceName(word)) throw wrong(word, `"${keyword}" not a valid ifname`)
  return word
}

const modeKeyword: Keyword<Draft> = option('mode*', mode, ({ request: { flags } }, value) => {
  if (flags.has(value === 'tun' ? 'tap' : 'tun')) {
    throw new CommandFailure('You managed to ask for more than one tunnel mode.', 255)
  }
  flags.add(value)
})

const accountKeywords: readonly Keyword<Draft>[] = [
  option('user*', account('user'), 'user'),
  option('group*', account('group'), 'group'),
]

const otherKeywords: readonly Keyword<Draft>[] = [
  flag('pi*', ({ request }) => request.flags.delete('no-pi')),
  flag('one_queue*', ({ request }) => request.flags.add('one-queue')),
  flag('vnet_hdr*', ({ request }) => request.flags.add('vnet-hdr')),
  flag('multi_queue*', ({ request }) => request.flags.add('multi-queue')),
  option('dev*', { hint: 'PHYS_DEV', read: ({ current }) => checkedName(current, 'dev') }, ({ request }, name) => {
    request.name = name
  }),
]

function takeName(words: Words, { request }: Draft): void {
  if (abbreviates(words.current, 'name')) words.next()
  else if (abbreviates(words.current, 'help')) throw usage(tuntapUsage)
  if (request.name !== '') throw garbage('name', words.current)
  request.name = checkedName(words.current, 'name')
}

/** The table of a new link, or of one that is deleted. */
export function tuntapKeywords(creates: boolean): readonly Keyword<Draft>[] {
  return [modeKeyword, ...(creates ? accountKeywords : []), ...otherKeywords]
}

/** Reads the options; only a new link has a user and a group. Throws CommandFailure. */
export function readTuntap(words: Words, creates: boolean): TuntapRequest {
  const grammar: Grammar<Draft> = {
    keywords: tuntapKeywords(creates),
    usage: tuntapUsage,
    otherwise: takeName,
  }
  const request: TuntapRequest = { name: '', flags: new Set(['no-pi']) }
  parse(grammar, words, { request })
  if (!request.flags.has('tun') && !request.flags.has('tap')) {
    throw new CommandFailure('You failed to specify a tunnel mode', 1)
  }
  return request
}
