import { type Keyword, type Reader, rows, u8, u32 } from '../../../grammar/index.ts'
import { fields, hexText } from './fields.ts'
import type { KindDraft, KindField } from './kind.ts'
import { showTypeOfService, typeOfService } from './udp-tunnel.ts'

/** What is said of a tunnel's outer IPv4 header. A `ttl` of 0 and a `tos` of 1 are inherited from the inner one. */
export interface OuterIpv4 {
  ttl?: number
  tos?: number
  pmtudisc?: boolean
  fwmark?: number
}

const { option, flag } = rows<KindDraft<OuterIpv4>>()
const { when } = fields<OuterIpv4>()

const ttl: Reader<number> = {
  hint: 'TTL',
  read: (words, draft) => (words.current === 'inherit' ? 0 : u8('invalid TTL\n').read(words, draft)),
}

/** `ttl` and `tos`, by the words that a kind has for them. */
export const lifeKeywords = (ttlWords: string, tosWords: string): readonly Keyword<KindDraft<OuterIpv4>>[] => [
  option(ttlWords, ttl, 'ttl'),
  option(tosWords, typeOfService, 'tos'),
]

/** `nopmtudisc` and `pmtudisc`. */
export function discoveryKeywords({ abbreviable = true } = {}): readonly Keyword<KindDraft<OuterIpv4>>[] {
  const star = abbreviable ? '*' : ''
  return [flag(`nopmtudisc${star}`, 'pmtudisc', false), flag(`pmtudisc${star}`, 'pmtudisc', true)]
}

export const markKeyword: Keyword<KindDraft<OuterIpv4>> = option('fwmark', u32('invalid fwmark\n', 'MARK'), 'fwmark')

export const showLife: readonly KindField<OuterIpv4>[] = [
  ({ ttl = 0 }, printer) => printer.field('ttl', ttl, 'ttl % ', { as: ttl === 0 ? 'inherit' : String(ttl) }),
  when('tos', showTypeOfService),
]

export const showMark: KindField<OuterIpv4> = when('fwmark', (mark, printer) => {
  if (mark !== 0) printer.field('fwmark', hexText(mark), 'fwmark % ')
})
