import {
  type Address,
  addressText,
  CommandFailure,
  choice,
  expectPrefix,
  type Keyword,
  type Reader,
} from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import { namesIn, withBit } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import {
  encapsulationKeywords,
  encapsulationOf,
  encapsulationUsage,
  noEncapsulation,
  showEncapsulation,
} from './encapsulation.ts'
import { fields } from './fields.ts'
import { type KindDraft, kindRows, type LinkKind, linkKind } from './kind.ts'
import { discoveryKeywords, lifeKeywords, markKeyword, showLife, showMark } from './outer-ipv4.ts'
import { endFields, endKeywords, endsOf } from './tunnel-ends.ts'

type Name = 'ipip' | 'sit'

const usageOf = (name: Name) => `Usage: ... ${name.padEnd(6)}	[ remote ADDR ]
			[ local ADDR ]
			[ ttl TTL ]
			[ tos TOS ]
			[ [no]pmtudisc ]
			[ 6rd-prefix ADDR ]
			[ 6rd-relay_prefix ADDR ]
			[ 6rd-reset ]
			[ dev PHYS_DEV ]
			[ fwmark MARK ]
${encapsulationUsage}
			[ mode ${name === 'sit' ? '{ ip6ip | ipip | mplsip | any } ]\n			[ isatap' : '{ ipip | mplsip | any }'} ]

Where:	ADDR := { IP_ADDRESS | any }
	TOS  := { NUMBER | inherit }
	TTL  := { 1..255 | inherit }
	MARK := { 0x0..0xffffffff }`

type Input = InputOf<'sit'>
type Shown = DataOf<'sit'>

const { option, flag } = kindRows<Input>()
const { ifOn, when } = fields<Shown>()

/** What the tunnel carries, by its protocol number. */
const MODES: Readonly<Record<number, string>> = { 4: 'ipip', 41: 'ip6ip', 137: 'mplsip', 0: 'any' }
const modeOf = (name: Name) =>
  choice(
    {
      ...(name === 'sit' ? { 'ipv6/ipv4|ip6ip': 41 } : undefined),
      'ipv4/ipv4|ipip|ip4ip4': 4,
      'mpls/ipv4|mplsip': 137,
      'any/ipv4|any': 0,
    },
    'Cannot guess tunnel mode.',
  )

const prefix = (family: 'inet' | 'inet6'): Reader<Address> => ({
  hint: 'ADDR',
  read: ({ current }) => expectPrefix(current, family),
})

/** IPv6 rapid deployment, RFC 5969. */
const rapidDeployment: readonly Keyword<KindDraft<Input>>[] = [
  option('6rd-prefix', prefix('inet6'), ({ request }, address) => {
    request['6rdPrefix'] = addressText(address) || '::'
    request['6rdPrefixlen'] = address.length
  }),
  option('6rd-relay_prefix', prefix('inet'), ({ request }, address) => {
    request['6rdRelayPrefix'] = addressText(address) || '0.0.0.0'
    request['6rdRelayPrefixlen'] = address.length
  }),
  flag('6rd-reset', ({ request }) => {
    request['6rdPrefix'] = '2002::'
    request['6rdPrefixlen'] = 16
    request['6rdRelayPrefix'] = undefined
    request['6rdRelayPrefixlen'] = undefined
  }),
]

function showRapidDeployment(data: Shown, printer: Printer, { hostText }: Session): void {
  const {
    '6rdPrefix': prefix = '::',
    '6rdPrefixlen': length,
    '6rdRelayPrefix': relay,
    '6rdRelayPrefixlen': relayLength,
  } = data
  if (!length) return
  printer.text(`6rd-prefix ${prefix}/${length} `)
  printer.data('prefix', prefix)
  printer.data('prefixlen', length)
  if (relay === undefined || relay === '0.0.0.0') return
  printer.text(`6rd-relay_prefix ${hostText(relay)}/${relayLength ?? 0} `)
  printer.data('relay_prefix', hostText(relay))
  printer.data('relay_prefixlen', relayLength ?? 0)
}

function kind(name: Name): LinkKind {
  return linkKind<Input>(name, () => ({
    usage: usageOf(name),
    unknown: 'usage',
    defaults: () => ({ proto: 0, pmtudisc: true, tos: 0, ttl: 0, link: 0, fwmark: 0, flags: [], ...noEncapsulation() }),
    keywords: [
      option('mode', modeOf(name), 'proto'),
      ...endKeywords('inet', { abbreviable: false }),
      ...lifeKeywords('ttl|hoplimit|hlim', 'tos|tclass|tc|dsfield*'),
      ...discoveryKeywords({ abbreviable: false }),
      ...(name === 'sit'
        ? [
            flag('isatap', ({ request }) => {
              request.flags = withBit(request.flags, 'isatap', true)
            }),
          ]
        : []),
      ...encapsulationKeywords,
      flag('external', 'collectMetadata', true),
      ...rapidDeployment,
      markKeyword,
    ] as readonly Keyword<KindDraft<Input>>[],
    finish({ request }) {
      if (request.ttl && request.pmtudisc === false) {
        throw new CommandFailure('ttl != 0 and nopmtudisc are incompatible', 255)
      }
    },
    send(request) {
      const { proto, collectMetadata, pmtudisc, tos, ttl, link, fwmark, flags } = request
      if (collectMetadata) return { proto, collectMetadata }
      const {
        '6rdPrefix': prefix,
        '6rdPrefixlen': length,
        '6rdRelayPrefix': relay,
        '6rdRelayPrefixlen': relayLength,
      } = request
      const deployment = {
        '6rdPrefix': prefix,
        '6rdPrefixlen': length,
        '6rdRelayPrefix': relay,
        '6rdRelayPrefixlen': relayLength,
      }
      return {
        ...{ proto, ...endsOf(request), pmtudisc, tos, ttl, link, fwmark },
        ...encapsulationOf(request),
        ...(name === 'sit' ? { flags, ...deployment } : undefined),
      }
    },
    print: [
      ifOn('collectMetadata', 'external'),
      when('proto', (proto, printer) => {
        const word = MODES[proto]
        if (word !== undefined) printer.field('proto', word, '% ')
      }),
      ...endFields,
      ...showLife,
      ({ pmtudisc = false }: Shown, printer: Printer) => {
        printer.field('pmtudisc', pmtudisc, `${pmtudisc ? '' : 'no'}pmtudisc `)
      },
      when('flags', (flags, printer) => {
        if (namesIn(flags).includes('isatap')) printer.field('isatap', true, 'isatap ')
      }),
      showRapidDeployment,
      showMark,
      showEncapsulation,
    ],
  }))
}

export const ipip = kind('ipip')
export const sit = kind('sit')
