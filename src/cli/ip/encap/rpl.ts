import { route } from '../../../rtnl/index.ts'
import { rows, text } from '../../grammar/index.ts'
import type { Encap } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'
import { printSegmentList, readSegments } from './seg6.ts'

const { option } = rows<EncapDraft<{ segments?: string }>>()

const keywords = [option('segs', text('SEGMENTS'), 'segments', { once: 'segs' })]

export const rpl: Encap<'rpl'> = {
  read(words, session) {
    const { segments } = takeOptions(words, keywords, { session, request: {} })
    return { srh: route.rplRouting(readSegments(segments)) }
  },
  print({ srh }, { printer }) {
    if (srh !== undefined) printSegmentList(route.rplSegments(srh), printer)
  },
}
