import type { route } from '../../../rtnl/index.ts'
import { familyWord } from '../../grammar/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { familyColour } from '../address/print.ts'

export function printGateway(
  { via, viaOther }: { readonly via?: string | undefined; readonly viaOther?: route.Via | undefined },
  family: string | number,
  { printer, hostText }: Session,
): void {
  if (via !== undefined) {
    printer.text('via ')
    printer.field('gateway', hostText(via), '% ', { colour: familyColour(family) })
  }
  if (viaOther === undefined) return
  const word = familyWord(viaOther.family)
  printer.text(`via ${word} `)
  const host = hostText(viaOther.address)
  printer.text(`${host} `, familyColour(viaOther.family))
  if (!printer.json) return
  printer.object('via', () => {
    printer.data('family', word)
    printer.data('host', host)
  })
}

export function printDevice(word: string, name: string, printer: Printer): void {
  printer.text(`${word} `)
  printer.field(word, name, '% ', { colour: 'ifname' })
}

/** Flags in the order in which they are shown, with their words where those differ. */
const FLAGS: readonly (readonly [flag: string, word: string])[] = [
  ['dead', 'dead'],
  ['onlink', 'onlink'],
  ['pervasive', 'pervasive'],
  ['offload', 'offload'],
  ['trap', 'trap'],
  ['notify', 'notify'],
  ['linkdown', 'linkdown'],
  ['unresolved', 'unresolved'],
  ['rt-offload', 'rt_offload'],
  ['rt-trap', 'rt_trap'],
  ['rt-offload-failed', 'rt_offload_failed'],
]

export function printRouteFlags(flags: readonly (string | number)[], printer: Printer): void {
  printer.array('flags', () => {
    for (const [flag, word] of FLAGS) if (flags.includes(flag)) printer.item(word, '% ')
  })
}
