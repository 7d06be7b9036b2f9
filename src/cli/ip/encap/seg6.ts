import { route } from '../../../rtnl/index.ts'
import { addressText, cNumber, expectAddress, type Keyword, rows, spellings, text, wrong } from '../../grammar/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Encap } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'

/** What a segment routing header is asked to be. */
export interface Routing {
  mode?: keyof typeof route.SEG6_MODES
  /** As they are written: read when all options have been. */
  segments?: string
  hmac?: number
}

const { option } = rows<EncapDraft<Routing>>()

/** The addresses to go through, between commas, the first one first; none at all stands for the unspecified one. */
export function readSegments(word: string | undefined): string[] {
  if (word === undefined) return ['::']
  return word.split(',').map((one) => addressText(expectAddress(one, 'inet6')))
}

const modes = Object.keys(route.SEG6_MODES) as (keyof typeof route.SEG6_MODES)[]

const keywords: readonly Keyword<EncapDraft<Routing>>[] = [
  option(
    'mode',
    { ...text('MODE'), choices: modes },
    ({ request }, word) => {
      request.mode = modes.find((mode) => mode === word)
      if (request.mode === undefined) throw wrong(word, '"mode" value is invalid\n')
    },
    { once: 'mode' },
  ),
  {
    ...option('segs', text('SEGMENTS'), () => {}, { once: 'segs' }),
    spellings: spellings('segs'),
    take(words, { request }) {
      if (request.mode === undefined) throw wrong(words.current, '"segs" provided before "mode"\n')
      request.segments = words.current
    },
  },
  option(
    'hmac',
    text('KEYID'),
    ({ request }, word) => {
      request.hmac = cNumber(word, 0, 0xffffffff) ?? 0
    },
    { once: 'hmac' },
  ),
]

/** `segs 2 [ fd00::1 fd00::2 ] `, the first one first. */
export function printSegments(routing: route.SegmentRouting, printer: Printer): void {
  printSegmentList([...routing.segments].reverse(), printer)
  const key = route.signingKey(routing)
  if (key !== undefined) {
    const hex = key.toString(16)
    printer.field('hmac', `0x${hex}`, 'hmac % ', { as: hex.toUpperCase() })
  }
}

export function printSegmentList(segments: readonly string[], printer: Printer): void {
  printer.text(`segs ${segments.length} [ `)
  printer.array('segs', () => {
    for (const segment of segments) {
      if (printer.json) printer.item(segment, '%')
      else printer.text(`${segment} `, 'inet6')
    }
  })
  printer.text('] ')
}

export const seg6: Encap<'seg6'> = {
  read(words, session) {
    const { mode, segments, hmac } = takeOptions(words, keywords, { session, request: {} })
    const inline = mode === 'inline'
    return {
      srh: { mode: mode ?? 0xffffffff, ...route.throughSegments(readSegments(segments), { inline, hmac: hmac ?? 0 }) },
    }
  },
  print({ srh }, { printer }) {
    if (srh === undefined) return
    printer.field('mode', typeof srh.mode === 'number' ? '<unknown>' : srh.mode, 'mode % ')
    printSegments(srh, printer)
  },
}
