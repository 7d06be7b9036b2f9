import { cNumber, type Keyword, onOff, type Reader, u16, type Words, wrong } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import { decided } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'
import { vlanProtocol, vlanProtocolName } from './vlan-protocol.ts'

const usage = `Usage: ... vlan id VLANID
		[ protocol VLANPROTO ]
		[ reorder_hdr { on | off } ]
		[ gvrp { on | off } ]
		[ mvrp { on | off } ]
		[ loose_binding { on | off } ]
		[ bridge_binding { on | off } ]
		[ ingress-qos-map QOS-MAP ]
		[ egress-qos-map QOS-MAP ]

VLANID := 0-4095
VLANPROTO: [ 802.1Q | 802.1ad ]
QOS-MAP := [ QOS-MAP ] QOS-MAPPING
QOS-MAPPING := FROM:TO`

type Input = InputOf<'vlan'>
type Vlan = DataOf<'vlan'>

const { option } = kindRows<Input>()
const { number, when } = fields<Vlan>()

type VlanFlag = 'reorder-hdr' | 'gvrp' | 'mvrp' | 'loose-binding' | 'bridge-binding'

function switched(name: string, of: VlanFlag): Keyword<KindDraft<Input>> {
  return option(`${name}*`, onOff(name), ({ request }, on) => {
    const { value, mask } = decided(request.flags?.flags, request.flags?.mask, of, on)
    request.flags = { flags: value, mask }
  })
}

type Mapping = { from: number; to: number }

/** Pairs `FROM:TO`, as many as follow, be it none. */
const mappings = (name: string): Reader<Mapping[]> => ({
  hint: 'QOS-MAP',
  read(words) {
    const found: Mapping[] = []
    for (; words.current.includes(':'); words.advance()) found.push(mapping(words, name))
    words.back()
    return found
  },
})

function mapping({ current }: Words, name: string): Mapping {
  const colon = current.indexOf(':')
  const [from, to] = [current.slice(0, colon), current.slice(colon + 1)].map((part) => cNumber(part, 0, 0xffffffff))
  // Of the pair at fault iproute2 has only the first part left by then.
  if (from === undefined || to === undefined) throw wrong(current.slice(0, colon), `invalid ${name}`)
  return { from, to }
}

const showMap = (name: string, word: string) => (map: { mapping?: readonly Mapping[] }, printer: Printer) => {
  printer.newLine()
  printer.array(
    name,
    () => {
      for (const { from, to } of map.mapping ?? []) {
        printer.text(`${from}:${to} `)
        if (!printer.json) continue
        printer.object(undefined, () => {
          printer.data('from', from)
          printer.data('to', to)
        })
      }
    },
    `      ${word} { `,
    '} ',
  )
}

const FLAG_WORDS: Readonly<Record<VlanFlag, string>> = {
  'reorder-hdr': 'REORDER_HDR',
  gvrp: 'GVRP',
  mvrp: 'MVRP',
  'loose-binding': 'LOOSE_BINDING',
  'bridge-binding': 'BRIDGE_BINDING',
}

export const vlan = linkKind<Input>('vlan', () => ({
  usage,
  unknown: 'command',
  keywords: [
    option('protocol*', vlanProtocol('protocol is invalid'), 'protocol'),
    option('id*', u16('id is invalid', 'VLANID'), 'id'),
    switched('reorder_hdr', 'reorder-hdr'),
    switched('gvrp', 'gvrp'),
    switched('mvrp', 'mvrp'),
    switched('loose_binding', 'loose-binding'),
    switched('bridge_binding', 'bridge-binding'),
    option('ingress-qos-map*', mappings('ingress-qos-map'), ({ request }, mapping) => {
      request.ingressQos = { mapping }
    }),
    option('egress-qos-map*', mappings('egress-qos-map'), ({ request }, mapping) => {
      request.egressQos = { mapping }
    }),
  ],
  print: [
    (data: Vlan, printer: Printer, session: Session) => {
      const protocol = vlanProtocolName(data.protocol ?? '8021q', session)
      printer.field('protocol', protocol, 'protocol % ')
    },
    number('id', 'id'),
    when('flags', ({ flags }, printer) => {
      printer.array(
        'flags',
        () => {
          const known = Object.entries(FLAG_WORDS).filter(([name]) => flags.includes(name as VlanFlag))
          const rest = flags.filter((item) => typeof item === 'number')
          const words = [...known.map(([, word]) => word), ...rest.map((item) => item.toString(16))]
          for (const [i, word] of words.entries()) printer.item(word, i < words.length - 1 ? '%,' : '%')
        },
        '<',
        '> ',
      )
    }),
    when('ingressQos', showMap('ingress_qos', 'ingress-qos-map')),
    when('egressQos', showMap('egress_qos', 'egress-qos-map')),
  ],
}))
