import { cNumber, type Keyword, type Reader, rows, u8, u32, wrong } from '../../../grammar/index.ts'
import { namesIn, withBit } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields, hexText } from './fields.ts'
import type { KindDraft, KindField } from './kind.ts'

type Key = 'ttl' | 'encapLimit' | 'flowinfo' | 'flags' | 'fwmark'

/** What is said of a tunnel's outer IPv6 header. `ttl` is the hop limit, `flowinfo` the traffic class and the flow label. */
export type OuterIpv6 = Pick<InputOf<'ip6tnl'>, Key>

type Draft = KindDraft<OuterIpv6>
type Flag = Exclude<NonNullable<DataOf<'ip6tnl'>['flags']>[number], number>

const { option, flag } = rows<Draft>()

export const TRAFFIC_CLASS = 0x0ff00000
export const FLOW_LABEL = 0x000fffff

/** What a tunnel has where nothing is said: RFC 2473's limit of encapsulations. */
export const outerIpv6 = (): OuterIpv6 => ({ ttl: 64, encapLimit: 4, flowinfo: 0, flags: [], fwmark: 0 })

/** A value, or undefined for the word that leaves it to the inner packet. */
export const or = <T>(word: string, { hint, read }: Reader<T>): Reader<T | undefined> => ({
  hint,
  read: (words, draft) => (words.current === word ? undefined : read(words, draft)),
})

const inHex = (why: string, hint: string, most: number): Reader<number> => ({
  hint,
  read({ current }) {
    const value = cNumber(current, 0, most, 16)
    if (value === undefined) throw wrong(current, why)
    return value
  },
})

/** A part of `flowinfo`, or the flag that says that it is inherited. */
function flowKeyword(notation: string, part: number, of: Flag, reader: Reader<number>): Keyword<Draft> {
  const shift = part === TRAFFIC_CLASS ? 20 : 0
  return option(notation, or('inherit', reader), ({ request }, value) => {
    const rest = (request.flowinfo ?? 0) & ~part
    request.flowinfo = (rest | ((value ?? 0) << shift)) >>> 0
    request.flags = withBit(request.flags, of, value === undefined)
  })
}

export const classReader = inHex('invalid TClass', 'TCLASS', 0xff)
export const labelReader = inHex('invalid Flowlabel', 'FLOWLABEL', FLOW_LABEL)

/** The one word `inherit`. */
export const inheritOnly: Reader<string> = {
  hint: 'inherit',
  read({ current }) {
    if (current !== 'inherit') throw wrong(current, 'not inherit')
    return current
  },
}

export const hopLimitKeyword = (notation: string): Keyword<Draft> =>
  option(notation, or('inherit', u8('invalid HLIM\n', 'TTL')), ({ request }, limit = 0) => {
    request.ttl = limit
  })

export const classKeyword = (notation: string): Keyword<Draft> =>
  flowKeyword(notation, TRAFFIC_CLASS, 'use-orig-tclass', classReader)

/** The options whose words are the same for all kinds. */
export const ipv6Keywords: readonly Keyword<Draft>[] = [
  flowKeyword('flowlabel|fl', FLOW_LABEL, 'use-orig-flowlabel', labelReader),
  option('dscp', inheritOnly, ({ request }) => {
    request.flags = withBit(request.flags, 'rcv-dscp-copy', true)
  }),
  option('fwmark', or('inherit', u32('invalid fwmark\n', 'MARK')), ({ request }, mark) => {
    request.fwmark = mark ?? 0
    request.flags = withBit(request.flags, 'use-orig-fwmark', mark === undefined)
  }),
  flag('allow-localremote', ({ request }) => {
    request.flags = withBit(request.flags, 'allow-local-remote', true)
  }),
  flag('noallow-localremote', ({ request }) => {
    request.flags = withBit(request.flags, 'allow-local-remote', false)
  }),
]

export const limitReader = u8('invalid ELIM', 'ELIM')

/** As iproute2 reads it for ip6tnl: what is no limit is 0. */
export const looseLimitReader: Reader<number> = {
  hint: 'ELIM',
  read: ({ current }) => cNumber(current, 0, 255) ?? 0,
}

export const limitKeyword = (reader: Reader<number>): Keyword<Draft> =>
  option('encaplimit', or('none', reader), ({ request }, limit) => {
    if (limit !== undefined) request.encapLimit = limit
    request.flags = withBit(request.flags, 'ign-encap-limit', limit === undefined)
  })

type Shown = Pick<DataOf<'ip6tnl'>, Key>
const { when } = fields<Shown>()

const has = ({ flags }: Shown, name: Flag) => namesIn(flags).includes(name)

/** A flag as words, under its own name in JSON; where it is not set, what else there is to show. */
function flagOr(of: Flag, name: string, words: string, otherwise?: KindField<Shown>): KindField<Shown> {
  return (data, printer, session) => {
    if (has(data, of)) printer.field(`ip6_tnl_f_${name}`, true, words)
    else otherwise?.(data, printer, session)
  }
}

const padded = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`

export const hopFields: readonly KindField<Shown>[] = [
  ({ ttl = 0 }, printer) => printer.field('ttl', ttl, 'hoplimit % ', { as: ttl === 0 ? 'inherit' : String(ttl) }),
  flagOr(
    'ign-encap-limit',
    'ign_encap_limit',
    'encaplimit none ',
    when('encapLimit', (limit, printer) => printer.field('encap_limit', limit, 'encaplimit % ')),
  ),
  flagOr(
    'use-orig-tclass',
    'use_orig_tclass',
    'tclass inherit ',
    when('flowinfo', (info, printer) => {
      printer.field('tclass', padded((info & TRAFFIC_CLASS) >>> 20, 2), 'tclass % ')
    }),
  ),
  flagOr(
    'use-orig-flowlabel',
    'use_orig_flowlabel',
    'flowlabel inherit ',
    when('flowinfo', (info, printer) => printer.field('flowlabel', padded(info & FLOW_LABEL, 5), 'flowlabel % ')),
  ),
  flagOr('rcv-dscp-copy', 'rcv_dscp_copy', 'dscp inherit '),
]

export const showMobility: KindField<Shown> = flagOr('mip6', 'mip6_dev', 'mip6 ')

export const remoteFields: readonly KindField<Shown>[] = [
  flagOr('allow-local-remote', 'allow_local_remote', 'allow-localremote '),
  flagOr(
    'use-orig-fwmark',
    'use_orig_fwmark',
    'fwmark inherit ',
    when('fwmark', (mark, printer) => {
      if (mark !== 0) printer.field('fwmark', hexText(mark), 'fwmark % ')
    }),
  ),
]
