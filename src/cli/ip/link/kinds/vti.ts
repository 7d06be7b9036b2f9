import type { Keyword } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, type LinkKind, linkKind } from './kind.ts'
import { markKeyword, showMark } from './outer-ipv4.ts'
import { endFields, endKeywords, endsOf } from './tunnel-ends.ts'
import { keyText, tunnelKey } from './tunnel-key.ts'

const usageOf = (name: string, address: string) => `Usage: ... ${name.padEnd(4)}	[ remote ADDR ]
		[ local ADDR ]
		[ [i|o]key KEY ]
		[ dev PHYS_DEV ]
		[ fwmark MARK ]

Where:	ADDR := { ${address} }
	KEY  := { DOTTED_QUAD | NUMBER }
	MARK := { 0x0..0xffffffff }`

type Input = InputOf<'vti'>

const { option } = kindRows<Input>()
const { when } = fields<DataOf<'vti'>>()

const showKey = (name: 'ikey' | 'okey') =>
  when(name, (key, printer) => {
    if (key !== 0) printer.field(name, keyText(key), `${name} % `)
  })

function kind(name: 'vti' | 'vti6', family: 'inet' | 'inet6'): LinkKind {
  return linkKind<Input>(name, () => ({
    usage: usageOf(name, family === 'inet' ? 'IP_ADDRESS' : 'IPV6_ADDRESS'),
    unknown: 'usage',
    defaults: () => ({ ikey: 0, okey: 0, fwmark: 0 }),
    keywords: [
      option('key*', tunnelKey('key'), ({ request }, key) => {
        request.ikey = key
        request.okey = key
      }),
      option('ikey*', tunnelKey('ikey'), 'ikey'),
      option('okey*', tunnelKey('okey'), 'okey'),
      ...endKeywords(family),
      markKeyword,
    ] as readonly Keyword<KindDraft<Input>>[],
    send(request) {
      const { ikey, okey, fwmark, link } = request
      return { ikey, okey, ...endsOf(request), fwmark, link: link || undefined }
    },
    print: [...endFields, showKey('ikey'), showKey('okey'), showMark],
  }))
}

export const vti = kind('vti', 'inet')
export const vti6 = kind('vti6', 'inet6')
