import type { Keyword } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import {
  encapsulationKeywords,
  encapsulationOf,
  encapsulationUsage,
  noEncapsulation,
  showEncapsulation,
} from './encapsulation.ts'
import { erspanFields, erspanKeywords, erspanOf } from './erspan.ts'
import { fields } from './fields.ts'
import { greFlagFields, greFlagKeywords, noGreFlags } from './gre-flags.ts'
import { type KindDraft, kindRows, type LinkKind, linkKind } from './kind.ts'
import {
  classKeyword,
  hopFields,
  hopLimitKeyword,
  ipv6Keywords,
  limitKeyword,
  limitReader,
  outerIpv6,
  remoteFields,
} from './outer-ipv6.ts'
import { endFields, endKeywords, endsOf } from './tunnel-ends.ts'

type Input = InputOf<'ip6gre'>

const { flag } = kindRows<Input>()
const { ifOn } = fields<DataOf<'ip6gre'>>()

const usageOf = (name: string) => `Usage: ... ${name.padEnd(9)}	[ remote ADDR ]
			[ local ADDR ]
			[ [no][i|o]seq ]
			[ [i|o]key KEY | no[i|o]key ]
			[ [no][i|o]csum ]
			[ hoplimit TTL ]
			[ encaplimit ELIM ]
			[ tclass TCLASS ]
			[ flowlabel FLOWLABEL ]
			[ dscp inherit ]
			[ dev PHYS_DEV ]
			[ fwmark MARK ]
			[ [no]allow-localremote ]
${encapsulationUsage}
			[ erspan_ver version ]
			[ erspan IDX ]
			[ erspan_dir { ingress | egress } ]
			[ erspan_hwid hwid ]

Where:	ADDR	  := IPV6_ADDRESS
	TTL	  := { 0..255 } (default=64)
	KEY	  := { DOTTED_QUAD | NUMBER }
	ELIM	  := { none | 0..255 }(default=4)
	TCLASS	  := { 0x0..0xff | inherit }
	FLOWLABEL := { 0x0..0xfffff | inherit }
	MARK	  := { 0x0..0xffffffff | inherit }`

function send(request: Input): Input {
  if (request.collectMetadata) return { collectMetadata: true }
  const { ikey, okey, iflags, oflags, link, ttl, encapLimit, flowinfo, flags, fwmark } = request
  return {
    ...{ ikey, okey, iflags, oflags, ...endsOf(request), link: link || undefined },
    ...{ ttl, encapLimit, flowinfo, flags, fwmark },
    ...erspanOf(request),
    ...encapsulationOf(request),
  }
}

function kind(name: 'ip6gre' | 'ip6gretap' | 'ip6erspan'): LinkKind {
  return linkKind<Input>(name, () => ({
    usage: usageOf(name),
    unknown: 'usage',
    defaults: () => ({ ...noGreFlags(), ...outerIpv6(), ...noEncapsulation(['csum6']) }),
    keywords: [
      ...greFlagKeywords,
      ...endKeywords('inet6'),
      hopLimitKeyword('ttl*|hoplimit*|hlim*'),
      classKeyword('tos*|tclass*|dsfield*'),
      ...ipv6Keywords,
      limitKeyword(limitReader),
      ...encapsulationKeywords,
      flag('external', 'collectMetadata', true),
      ...erspanKeywords,
    ] as readonly Keyword<KindDraft<Input>>[],
    send,
    print: [
      ifOn('collectMetadata', 'external'),
      ...endFields,
      ...hopFields,
      ...greFlagFields,
      ...remoteFields,
      ...erspanFields,
      showEncapsulation,
    ],
  }))
}

export const ip6gre = kind('ip6gre')
export const ip6gretap = kind('ip6gretap')
export const ip6erspan = kind('ip6erspan')
