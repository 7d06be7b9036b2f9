import { text } from '../../../grammar/index.ts'
import type { InputOf } from './data.ts'
import { kindRows, linkKind } from './kind.ts'

export const batadv = linkKind<InputOf<'batadv'>>('batadv', () => ({
  usage: `Usage: ... batadv [ ra ROUTING_ALG ]

Where: ROUTING_ALG := { BATMAN_IV | BATMAN_V }`,
  unknown: 'command',
  keywords: [kindRows<InputOf<'batadv'>>().option('ra*', text('ROUTING_ALG'), 'algoName')],
}))
