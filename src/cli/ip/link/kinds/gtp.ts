import { CommandFailure, choice, cNumber, type Reader, u32, usage, wrong } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { linkKind } from './kind.ts'
import { type OnceDraft, onceRows } from './once.ts'

const gtpUsage = `Usage: ... gtp role ROLE
		[ hsize HSIZE ]
		[ restart_count RESTART_COUNT ]

Where:	ROLE		:= { sgsn | ggsn }
	HSIZE		:= 1-131071
	RESTART_COUNT	:= 0-255`

type Input = InputOf<'gtp'>

const { option } = onceRows<Input>()
const { number, when } = fields<DataOf<'gtp'>>()

const SIZES = 1 << 17
const size: Reader<number> = {
  hint: 'HSIZE',
  read(words, draft) {
    const value = u32('invalid PDP hash size').read(words, draft)
    if (value >= SIZES) throw wrong(words.current, 'PDP hash size too big')
    return value
  },
}

const count: Reader<number> = {
  hint: 'RESTART_COUNT',
  read({ current }) {
    const value = cNumber(current, 0, 255, 10)
    if (value === undefined) throw wrong(current, 'invalid restart_count')
    return value
  },
}

const DEFAULT_SIZE = 1024

export const gtp = linkKind<Input, OnceDraft<Input>>('gtp', () => ({
  usage: gtpUsage,
  // Words that it does not know are passed over.
  otherwise({ current }) {
    if (current === 'help') throw usage(gtpUsage, 1)
  },
  draft: (base) => ({ ...base, given: new Set(), request: { createSockets: true } }),
  keywords: [
    option(
      'role',
      'role',
      'role',
      choice({ sgsn: 'sgsn', ggsn: 'ggsn' } as const, 'invalid role, use sgsn or ggsn'),
      'role',
    ),
    option('hsize', 'hsize', 'hsize', size, 'pdpHashsize'),
    option('restart_count', 'restart_count', 'restart_count', count, 'restartCount'),
  ],
  finish({ request }) {
    if (request.role === undefined) throw new CommandFailure('gtp: role of the gtp device was not specified', 1)
    request.pdpHashsize ??= DEFAULT_SIZE
  },
  print: [
    when('role', (role, printer) => printer.field('role', typeof role === 'string' ? role : 'unknown', 'role % ')),
    number('pdpHashsize', 'hsize'),
    number('restartCount', 'restart_count'),
  ],
}))
