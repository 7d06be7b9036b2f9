import { choice, type Keyword, type Reader, rows, u16 } from '../../../grammar/index.ts'
import { namesIn, withBit } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import type { KindDraft, KindField } from './kind.ts'

type Key = 'encapType' | 'encapFlags' | 'encapSport' | 'encapDport'

/** UDP around a tunnel's own header: FOU or GUE, see ip-fou(8). Source port 0 is chosen by the flow. */
export type Encapsulation = Pick<InputOf<'gre'>, Key>

type EncapsulationFlag = 'csum' | 'csum6' | 'remcsum'

const { option, flag } = rows<KindDraft<Encapsulation>>()

const type = choice({ fou: 'fou', gue: 'gue', none: 'none' } as const, 'Invalid encap type.')

const sourcePort: Reader<number> = {
  hint: 'PORT',
  read: (words, draft) => (words.current === 'auto' ? 0 : u16('Invalid source port.').read(words, draft)),
}

function switched(name: string, of: EncapsulationFlag): Keyword<KindDraft<Encapsulation>>[] {
  return [true, false].map((on) =>
    flag(`${on ? '' : 'no'}${name}`, ({ request }) => {
      request.encapFlags = withBit(request.encapFlags, of, on)
    }),
  )
}

export const encapsulationKeywords: readonly Keyword<KindDraft<Encapsulation>>[] = [
  flag('noencap', 'encapType', 'none'),
  option('encap', type, 'encapType'),
  option('encap-sport', sourcePort, 'encapSport'),
  option('encap-dport', u16('Invalid destination port.', 'PORT'), 'encapDport'),
  ...switched('encap-csum', 'csum'),
  ...switched('encap-udp6-csum', 'csum6'),
  ...switched('encap-remcsum', 'remcsum'),
]

/** What their synopses say of it. */
export const encapsulationUsage = `			[ external ]
			[ noencap ]
			[ encap { fou | gue | none } ]
			[ encap-sport PORT ]
			[ encap-dport PORT ]
			[ [no]encap-csum ]
			[ [no]encap-csum6 ]
			[ [no]encap-remcsum ]`

/** None, with nothing summed but what `flags` says. */
export const noEncapsulation = (flags: readonly EncapsulationFlag[] = []): Encapsulation => ({
  encapType: 'none',
  encapFlags: flags,
  encapSport: 0,
  encapDport: 0,
})

/** The attributes of the encapsulation among those of a tunnel. */
export function encapsulationOf({ encapType, encapFlags, encapSport, encapDport }: Encapsulation): Encapsulation {
  return { encapType, encapFlags, encapSport, encapDport }
}

const NAMES: readonly unknown[] = ['fou', 'gue']

export const showEncapsulation: KindField<Pick<DataOf<'gre'>, Key>> = (data, printer) => {
  const { encapType, encapFlags, encapSport = 0, encapDport = 0 } = data
  if (encapType === undefined || encapType === 'none') return
  const has = (name: EncapsulationFlag) => namesIn(encapFlags).includes(name)
  const unlessOff = (name: string, on: boolean) => printer.text(`${on ? '' : 'no'}encap-${name} `)
  printer.object('encap', () => {
    const known = NAMES.includes(encapType)
    printer.text('encap ')
    printer.field('type', known ? String(encapType) : null, '% ', { as: known ? String(encapType) : 'unknown' })
    printer.data('sport', encapSport)
    printer.data('dport', encapDport)
    printer.data('csum', has('csum'))
    printer.data('csum6', has('csum6'))
    printer.data('remcsum', has('remcsum'))
    printer.text(`encap-sport ${encapSport === 0 ? 'auto' : encapSport} encap-dport ${encapDport} `)
    unlessOff('csum', has('csum'))
    unlessOff('csum6', has('csum6'))
    unlessOff('remcsum', has('remcsum'))
  })
}
