import { addressText, expectAddress, rows, u8, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { Encap, EncapInput } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'

const { option } = rows<EncapDraft<EncapInput<'mpls'>>>()

const keywords = [option('ttl', u8('"ttl" value is invalid\n'), 'ttl', { once: 'ttl' })]

export const mpls: Encap<'mpls'> = {
  read(words: Words, session: Session) {
    const dst = addressText(expectAddress(words.current, 'mpls'))
    words.advance()
    return takeOptions(words, keywords, { session, request: { dst } })
  },
  print({ dst, ttl }, { printer }) {
    if (dst !== undefined) printer.field('dst', dst, ' % ')
    if (ttl !== undefined) printer.field('ttl', ttl, 'ttl % ')
  },
}
