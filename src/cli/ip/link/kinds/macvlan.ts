import {
  CommandFailure,
  choice,
  lladdrBytes,
  lladdrText,
  type Reader,
  usage as showUsage,
  u32,
  type Words,
} from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import { namesIn } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { kindRows, type LinkKind, linkKind } from './kind.ts'

const usageOf = (name: string) => `Usage: ... ${name} mode MODE [flag MODE_FLAG] MODE_OPTS [bcqueuelen BC_QUEUE_LEN]

MODE: private | vepa | bridge | passthru | source
MODE_FLAG: null | nopromisc | nodst
MODE_OPTS: for mode "source":
	macaddr { { add | del } <macaddr> | set [ <macaddr> [ <macaddr>  ... ] ] | flush }
BC_QUEUE_LEN: Length of the rx queue for broadcast/multicast: [0-4294967295]`

type Input = InputOf<'macvlan'>
type Macvlan = DataOf<'macvlan'>

const { option, flag } = kindRows<Input>()
const { number, when } = fields<Macvlan>()

const refuse = (name: string, allowed: string) => (word: string) =>
  new CommandFailure(`Error: argument of "${name}" must be ${allowed}, not "${word}"`, 1)

const mode = choice(
  { private: 'private', vepa: 'vepa', bridge: 'bridge', passthru: 'passthru', source: 'source' } as const,
  refuse('mode', '"private", "vepa", "bridge", "passthru" or "source"'),
)

type Flag = 'nopromisc' | 'nodst'
const modeFlag = choice<Flag | 'null'>(
  { nopromisc: 'nopromisc', nodst: 'nodst', null: 'null' },
  refuse('flag', '"nopromisc", "nodst" or "null"'),
)

function addFlag(request: Input, name: Flag | 'null'): void {
  const flags = new Set(namesIn(request.flags))
  if (name !== 'null') flags.add(name)
  request.flags = [...flags]
}

const queueLength: Reader<number> = {
  hint: 'BC_QUEUE_LEN',
  read: (words, draft) => {
    try {
      return u32('').read(words, draft)
    } catch {
      throw refuse('bcqueuelen', 'a positive integer [0-4294967295]')(words.current)
    }
  },
}

type SourceChange = Pick<Input, 'macaddrMode' | 'macaddr' | 'macaddrData'>

function sourceChange(usage: string): Reader<SourceChange> {
  const operation = choice({ add: 'add', del: 'del', set: 'set', flush: 'flush' } as const, () => showUsage(usage, 1))
  return {
    hint: '{ { add | del } <macaddr> | set [ <macaddr> ... ] | flush }',
    read(words, draft) {
      const macaddrMode = operation.read(words, draft)
      if (macaddrMode === 'flush') return { macaddrMode }
      if (macaddrMode === 'set') return { macaddrMode, macaddrData: { macaddr: addresses(words) } }
      words.next()
      const address = sourceAddress(words.current)
      // iproute2 says nothing here either.
      if (address === undefined) throw new CommandFailure('', 1)
      return { macaddrMode, macaddr: address }
    },
  }
}

function sourceAddress(word: string): string | undefined {
  const bytes = lladdrBytes(word, 6)
  return bytes.length === 6 ? lladdrText(bytes) : undefined
}

/** As many addresses as follow. */
function addresses(words: Words): string[] {
  const found: string[] = []
  while (words.following?.includes(':')) {
    const address = sourceAddress(words.next())
    if (address === undefined) {
      words.back()
      break
    }
    found.push(address)
  }
  return found
}

function kind(name: 'macvlan' | 'macvtap'): LinkKind {
  const usage = usageOf(name)
  return linkKind<Input>(name, () => ({
    usage,
    unknown: 'option',
    keywords: [
      option('mode*', mode, 'mode'),
      option('flag*', modeFlag, ({ request }, value) => addFlag(request, value)),
      option('macaddr*', sourceChange(usage), ({ request }, change) => {
        Object.assign(request, change)
      }),
      flag('nopromisc*', ({ request }) => addFlag(request, 'nopromisc')),
      flag('nodst*', ({ request }) => addFlag(request, 'nodst')),
      option('bcqueuelen*', queueLength, 'bcQueueLen'),
    ],
    finish({ request }) {
      if (request.mode !== 'passthru' && namesIn(request.flags).includes('nopromisc')) {
        throw new CommandFailure(`${name}: nopromisc flag only valid in passthru mode\n${usage}`, 1)
      }
    },
    print: [
      when('mode', (value, printer) => printer.field('mode', typeof value === 'string' ? value : 'unknown', 'mode % ')),
      when('flags', (flags, printer) => {
        for (const name of ['nopromisc', 'nodst'] as const)
          if (flags.includes(name)) printer.field(name, true, `${name} `)
      }),
      number('bcQueueLen', 'bcqueuelen'),
      number('bcQueueLenUsed', 'usedbcqueuelen'),
      (data: Macvlan, printer: Printer) => {
        if (data.mode !== 'source' || data.macaddrCount === undefined) return
        printer.field('macaddr_count', data.macaddrCount, 'remotes (%) ')
        if (data.macaddrData === undefined) return
        printer.array('macaddr_data', () => {
          for (const address of data.macaddrData?.macaddr ?? []) printer.item(address, '% ')
        })
      },
    ],
  }))
}

export const macvlan = kind('macvlan')
export const macvtap = kind('macvtap')
