import { CommandFailure, choice, u16 } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { kindRows, linkKind } from './kind.ts'

const usage = `Usage: ... ipoib [ pkey PKEY ]
		 [ mode {datagram | connected} ]
		 [ umcast {0|1} ]

PKEY  := 0x8001-0xffff`

type Input = InputOf<'ipoib'>

const { option } = kindRows<Input>()

const mode = choice({ datagram: 'datagram', connected: 'connected' } as const, () => {
  return new CommandFailure('Error: argument of "mode" must be "datagram"or "connected"', 1)
})

const padded = (value: number) => value.toString(16).padStart(4, '0')

export const ipoib = linkKind<Input>('ipoib', () => ({
  usage,
  unknown: 'option',
  keywords: [
    option('pkey*', u16('pkey is invalid', 'PKEY'), 'pkey'),
    option('mode*', mode, 'mode'),
    option('umcast*', u16('umcast is invalid'), 'umcast'),
  ],
  print: [
    ({ pkey, mode: how, umcast }: DataOf<'ipoib'>, printer: Printer) => {
      // Each is shown only where the one before it is there.
      if (pkey === undefined) return
      printer.field('key', `0x${padded(pkey)}`, 'pkey % ')
      if (how === undefined) return
      printer.field('mode', typeof how === 'string' ? how : 'unknown', 'mode % ')
      if (umcast !== undefined) printer.field('umcast', padded(umcast), 'umcast % ')
    },
  ],
}))
