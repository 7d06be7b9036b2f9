import { parseIpv4 } from '../../../../netlink/index.ts'
import { CommandFailure, type Keyword } from '../../../grammar/index.ts'
import { withBit } from './bit-names.ts'
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
import { discoveryKeywords, lifeKeywords, markKeyword, showLife, showMark } from './outer-ipv4.ts'
import { endFields, endKeywords, endsOf } from './tunnel-ends.ts'
import { keyOf } from './tunnel-key.ts'

type Input = InputOf<'gre'>

const { flag } = kindRows<Input>()
const { ifOn, when } = fields<DataOf<'gre'>>()

const usageOf = (name: string) => `Usage: ... ${name.padEnd(9)}	[ remote ADDR ]
			[ local ADDR ]
			[ [no][i|o]seq ]
			[ [i|o]key KEY | no[i|o]key ]
			[ [no][i|o]csum ]
			[ ttl TTL ]
			[ tos TOS ]
			[ [no]pmtudisc ]
			[ [no]ignore-df ]
			[ dev PHYS_DEV ]
			[ fwmark MARK ]
${encapsulationUsage}
${
  name === 'erspan'
    ? `			[ erspan_ver version ]
			[ erspan IDX ]
			[ erspan_dir { ingress | egress } ]
			[ erspan_hwid hwid ]
`
    : ''
}
Where:	ADDR := { IP_ADDRESS | any }
	TOS  := { NUMBER | inherit }
	TTL  := { 1..255 | inherit }
	KEY  := { DOTTED_QUAD | NUMBER }
	MARK := { 0x0..0xffffffff }`

const MULTICAST = 0xe0

/** A tunnel to a multicast group is told from others by a key, which is the group unless another is given. */
function finish({ request }: KindDraft<Input>): void {
  const group = parseIpv4(request.remote ?? '')
  if (group === undefined || (group[0]! & 0xf0) !== MULTICAST) return
  for (const direction of ['i', 'o'] as const) {
    if (request[`${direction}key`]) continue
    request[`${direction}key`] = keyOf(group)
    request[`${direction}flags`] = withBit(request[`${direction}flags`], 'key', true)
  }
  if (endsOf(request).local === undefined) throw new CommandFailure('A broadcast tunnel requires a source address.', 1)
}

function kind(name: 'gre' | 'gretap' | 'erspan'): LinkKind {
  const mirrors = name === 'erspan'
  const send = (request: Input): Input => {
    if (request.collectMetadata) return { collectMetadata: true }
    const { ikey, okey, iflags, oflags, pmtudisc, ignoreDf, tos, ttl, link, fwmark } = request
    return {
      ...{ ikey, okey, iflags, oflags, ...endsOf(request) },
      ...{ pmtudisc, ignoreDf, tos, link: link || undefined, ttl, fwmark },
      ...(mirrors ? erspanOf(request) : undefined),
      ...encapsulationOf(request),
    }
  }
  return linkKind<Input>(name, () => ({
    usage: usageOf(name),
    unknown: 'usage',
    defaults: () => ({ ...noGreFlags(), pmtudisc: true, tos: 0, ttl: 0, fwmark: 0, ...noEncapsulation() }),
    keywords: [
      ...greFlagKeywords,
      ...discoveryKeywords(),
      ...endKeywords('inet'),
      ...lifeKeywords('ttl*|hoplimit*|hlim*', 'tos*|tclass*|dsfield*'),
      ...encapsulationKeywords,
      flag('external', 'collectMetadata', true),
      flag('ignore-df', 'ignoreDf', true),
      flag('noignore-df', 'ignoreDf', false),
      markKeyword,
      ...(mirrors ? erspanKeywords : []),
    ] as readonly Keyword<KindDraft<Input>>[],
    finish,
    send,
    print: [
      ifOn('collectMetadata', 'external'),
      ...endFields,
      ...showLife,
      when('pmtudisc', (on, printer) => printer.field('pmtudisc', on, on ? '' : 'nopmtudisc ')),
      ifOn('ignoreDf', 'ignore_df', 'ignore-df'),
      ...greFlagFields,
      showMark,
      ...erspanFields,
      showEncapsulation,
    ],
  }))
}

export const gre = kind('gre')
export const gretap = kind('gretap')
export const erspan = kind('erspan')
