import { addressText, expectAddress, type Keyword, type Reader, rows, u8, u64 } from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import type { Printer } from '../../print/index.ts'
import type { Encap, EncapInput } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'
import { printTunnelOptions, tunnelOptions } from './tunnel-options.ts'

type Input = EncapInput<'ip'> | EncapInput<'ip6'>
type Flag = 'key' | 'csum' | 'seq'
const FLAGS: readonly Flag[] = ['key', 'csum', 'seq']

function address(family: 'inet' | 'inet6'): Reader<string> {
  return { hint: 'ADDRESS', read: ({ current }) => addressText(expectAddress(current, family)) }
}

/** The options that both have; of a tunnel's flags there is one list. */
function keywordsOf<Data extends Input>(family: 'inet' | 'inet6'): Keyword<EncapDraft<Data>>[] {
  const { option, flag } = rows<EncapDraft<Input>>()
  const both = [
    option('id', u64('"id" value is invalid\n'), 'id', { once: 'id' }),
    option('dst', address(family), 'dst', { once: 'dst' }),
    option('src', address(family), 'src', { once: 'src' }),
    ...FLAGS.map((name) =>
      flag(
        name,
        ({ request }) => {
          request.flags = [...((request.flags as Flag[] | undefined) ?? []), name]
        },
        { once: name },
      ),
    ),
    ...tunnelOptions,
  ]
  return both as unknown as Keyword<EncapDraft<Data>>[]
}

const { option: option4 } = rows<EncapDraft<EncapInput<'ip'>>>()
const { option: option6 } = rows<EncapDraft<EncapInput<'ip6'>>>()

const keywords4 = [
  ...keywordsOf<EncapInput<'ip'>>('inet'),
  option4('tos', named('dsfield', '"tos" value is invalid\n', 'TOS'), 'tos', { once: 'tos' }),
  option4('ttl', u8('"ttl" value is invalid\n'), 'ttl', { once: 'ttl' }),
]
const keywords6 = [
  ...keywordsOf<EncapInput<'ip6'>>('inet6'),
  option6('tc', named('dsfield', '"tc" value is invalid\n', 'TC'), 'tc', { once: 'tc' }),
  option6('hoplimit', u8('"hoplimit" value is invalid\n'), 'hoplimit', { once: 'hoplimit' }),
]

function printFlags(flags: readonly (string | number)[] | undefined, printer: Printer): void {
  for (const name of FLAGS) if (flags?.includes(name)) printer.field(name, true, `${name} `)
}

export const ip: Encap<'ip'> = {
  read: (words, session) => takeOptions(words, keywords4, { session, request: {} }),
  print(data, session) {
    const { printer } = session
    if (data.id !== undefined) printer.field('id', data.id, 'id % ')
    if (data.src !== undefined) printer.field('src', data.src, 'src % ', { colour: 'inet' })
    if (data.dst !== undefined) printer.field('dst', data.dst, 'dst % ', { colour: 'inet' })
    if (data.ttl !== undefined) printer.field('ttl', data.ttl, 'ttl % ')
    if (data.tos !== undefined) printer.field('tos', data.tos, 'tos % ')
    printFlags(data.flags, printer)
    if (data.opts !== undefined) printTunnelOptions(data.opts, session)
  },
}

export const ip6: Encap<'ip6'> = {
  read: (words, session) => takeOptions(words, keywords6, { session, request: {} }),
  print(data, session) {
    const { printer } = session
    if (data.id !== undefined) printer.field('id', data.id, 'id % ')
    if (data.src !== undefined) printer.field('src', data.src, 'src % ', { colour: 'inet6' })
    if (data.dst !== undefined) printer.field('dst', data.dst, 'dst % ', { colour: 'inet6' })
    if (data.hoplimit !== undefined) printer.field('hoplimit', data.hoplimit, 'hoplimit % ')
    if (data.tc !== undefined) printer.field('tc', data.tc, 'tc % ')
    printFlags(data.flags, printer)
    if (data.opts !== undefined) printTunnelOptions(data.opts, session)
  },
}
