import { choice, type Keyword } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import {
  encapsulationKeywords,
  encapsulationOf,
  encapsulationUsage,
  noEncapsulation,
  showEncapsulation,
} from './encapsulation.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'
import {
  classKeyword,
  hopFields,
  hopLimitKeyword,
  ipv6Keywords,
  limitKeyword,
  looseLimitReader,
  outerIpv6,
  remoteFields,
  showMobility,
} from './outer-ipv6.ts'
import { endFields, endKeywords, endsOf } from './tunnel-ends.ts'

const usage = `Usage: ... ip6tnl	[ remote ADDR ]
			[ local ADDR ]
			[ encaplimit ELIM ]
			[ hoplimit HLIM ]
			[ tclass TCLASS ]
			[ flowlabel FLOWLABEL ]
			[ dscp inherit ]
			[ [no]allow-localremote ]
			[ dev PHYS_DEV ]
			[ fwmark MARK ]
${encapsulationUsage}
			[ mode { ip6ip6 | ipip6 | any } ]

Where:	ADDR	  := IPV6_ADDRESS
	ELIM	  := { none | 0..255 }(default=4)
	HLIM	  := 0..255 (default=64)
	TCLASS    := { 0x0..0xff | inherit }
	FLOWLABEL := { 0x0..0xfffff | inherit }
	MARK	  := { 0x0..0xffffffff | inherit }`

type Input = InputOf<'ip6tnl'>

const { option, flag } = kindRows<Input>()
const { ifOn, when } = fields<DataOf<'ip6tnl'>>()

/** What the tunnel carries, by its protocol number. */
const MODES: Readonly<Record<number, string>> = { 4: 'ipip6', 41: 'ip6ip6', 0: 'any' }
const mode = choice(
  { 'ipv6/ipv6|ip6ip6': 41, 'ip/ipv6|ipv4/ipv6|ipip6|ip4ip6': 4, 'any/ipv6|any': 0 },
  'Cannot guess tunnel mode.',
)

export const ip6tnl = linkKind<Input>('ip6tnl', () => ({
  usage,
  unknown: 'usage',
  defaults: () => ({ proto: 0, ...outerIpv6(), link: 0 }),
  // A tunnel that is changed loses its encapsulation unless it is given again.
  draft: (base) => Object.assign(base, { request: { ...base.request, ...noEncapsulation(['csum6']) } }),
  keywords: [
    option('mode', mode, 'proto'),
    ...endKeywords('inet6', { abbreviable: false }),
    hopLimitKeyword('ttl|hoplimit|hlim'),
    classKeyword('tos|tclass|tc|dsfield*'),
    ...ipv6Keywords,
    limitKeyword(looseLimitReader),
    ...encapsulationKeywords,
    flag('external', 'collectMetadata', true),
  ] as readonly Keyword<KindDraft<Input>>[],
  send(request) {
    const { proto, collectMetadata, ttl, encapLimit, flowinfo, flags, link, fwmark } = request
    if (collectMetadata) return { proto, collectMetadata }
    return {
      ...{ proto, ...endsOf(request), ttl, encapLimit, flowinfo, flags, link, fwmark },
      ...encapsulationOf(request),
    }
  },
  print: [
    ifOn('collectMetadata', 'external'),
    when('proto', (proto, printer) => {
      const word = MODES[proto]
      if (word !== undefined) printer.field('proto', word, '% ')
    }),
    ...endFields,
    ...hopFields,
    showMobility,
    ...remoteFields,
    showEncapsulation,
  ],
}))
