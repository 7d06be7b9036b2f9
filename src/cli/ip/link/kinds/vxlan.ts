import {
  type Address,
  addressText,
  CommandFailure,
  expectAddress,
  garbage,
  isMulticast,
  isUnspecified,
  type Keyword,
  type Reader,
  rows,
  u16,
  u32,
  wrong,
} from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { DataOf } from './data.ts'
import { fields, hexText } from './fields.ts'
import { linkKind } from './kind.ts'
import {
  below,
  fragmentation,
  network,
  orWord,
  portRange,
  source,
  timeToLive,
  typeOfService,
  type VxlanDraft,
  type VxlanInput,
} from './vxlan-readers.ts'

const usage = `Usage: ... vxlan id VNI
		[ { group | remote } IP_ADDRESS ]
		[ local ADDR ]
		[ ttl TTL ]
		[ tos TOS ]
		[ df DF ]
		[ flowlabel LABEL ]
		[ dev PHYS_DEV ]
		[ dstport PORT ]
		[ srcport MIN MAX ]
		[ [no]learning ]
		[ [no]proxy ]
		[ [no]rsc ]
		[ [no]l2miss ]
		[ [no]l3miss ]
		[ ageing SECONDS ]
		[ maxaddress NUMBER ]
		[ [no]udpcsum ]
		[ [no]udp6zerocsumtx ]
		[ [no]udp6zerocsumrx ]
		[ [no]remcsumtx ] [ [no]remcsumrx ]
		[ [no]external ] [ gbp ] [ gpe ]
		[ [no]vnifilter ]

Where:	VNI	:= 0-16777215
	ADDR	:= { IP_ADDRESS | any }
	TOS	:= { NUMBER | inherit }
	TTL	:= { 1..255 | auto | inherit }
	DF	:= { unset | set | inherit }
	LABEL := 0-1048575`

type Input = VxlanInput
type Vxlan = DataOf<'vxlan'>

const table = rows<VxlanDraft>()
const { number, ifOn, orNo, when } = fields<Vxlan>()

const IANA_GPE_PORT = 4790

/** A keyword whose attribute may be given once; a second time is "garbage". */
function once<T>(
  notation: string,
  attribute: string,
  name: string,
  reader: Reader<T, VxlanDraft>,
  put: (draft: VxlanDraft, value: T) => void,
): Keyword<VxlanDraft> {
  return table.option(
    notation,
    {
      hint: reader.hint,
      read(words, draft) {
        if (draft.given.has(attribute)) throw garbage(name, words.current)
        draft.given.add(attribute)
        return reader.read(words, draft)
      },
    },
    put,
  )
}

/** A keyword that stands alone, and its opposite with "no" in front. */
function pair(name: string, key: SwitchKey, { abbreviable = true } = {}): Keyword<VxlanDraft>[] {
  return (['no', ''] as const).map((prefix) =>
    flag(`${prefix}${name}${abbreviable ? '*' : ''}`, key, (draft) => {
      draft.request[key] = prefix === ''
    }),
  )
}

type SwitchKey = { [K in keyof Input]-?: boolean extends Input[K] ? K : never }[keyof Input] & string

function flag(notation: string, attribute: string, put: (draft: VxlanDraft) => void): Keyword<VxlanDraft> {
  return table.flag(notation, (draft, words) => {
    if (draft.given.has(attribute)) throw garbage(words.current, words.current)
    draft.given.add(attribute)
    put(draft)
  })
}

/** The destination, which is either a multicast group or not. */
function destination(notation: 'group' | 'remote', multicast: boolean): Keyword<VxlanDraft> {
  return table.option(
    `${notation}*`,
    {
      hint: 'IP_ADDRESS',
      read(words, draft) {
        const { destination: other } = draft
        if (other !== undefined && !isUnspecified(other) && isMulticast(other) !== multicast) {
          throw new CommandFailure('vxlan: both group and remote cannot be specified', 1)
        }
        if (draft.given.has('group')) throw garbage(notation, words.current)
        draft.given.add('group')
        const address = expectAddress(words.current, draft.source?.family ?? 'unspec')
        if (isMulticast(address) !== multicast) throw wrong(words.current, `invalid ${notation} address`)
        return address
      },
    },
    (draft, address) => {
      draft.destination = address
    },
  )
}

function finish(draft: VxlanDraft): void {
  const { request, given, creates, session } = draft
  const external = request.collectMetadata === true
  if (!external && request.vnifilter === true) {
    throw new CommandFailure("vxlan: vnifilter is valid only when 'external' is set", 1)
  }
  if (external && given.has('id')) {
    throw new CommandFailure("vxlan: both 'external' and vni cannot be specified", 1)
  }
  if (!external && !given.has('id') && creates) {
    throw new CommandFailure('vxlan: missing virtual network identifier', 1)
  }
  const { destination, source } = draft
  if (destination !== undefined && isMulticast(destination) && !given.has('link')) {
    throw new CommandFailure("vxlan: 'group' requires 'dev' to be specified", 1)
  }
  if (!given.has('port')) {
    if (request.gpe) request.port = IANA_GPE_PORT
    else if (creates) session.complain(portMissing)
  }
  if (request.port === 0) delete request.port
  placeAddress(request, 'local', source)
  placeAddress(request, 'group', destination)
  if (given.has('learning') || creates) request.learning ??= !external
}

const portMissing = `vxlan: destination port not specified
Will use Linux kernel default (non-standard value)
Use 'dstport 4789' to get the IANA assigned value
Use 'dstport 0' to get default and quiet this message`

function placeAddress(request: Input, key: 'local' | 'group', address: Address | undefined): void {
  if (address === undefined || address.bytes.length === 0) return
  request[address.family === 'inet6' ? (`${key}6` as const) : key] = addressText(address)
}

const isZero = (address: string) => address === '0.0.0.0' || address === '::'
const inMulticast = (address: string) => /^(22[4-9]|23\d)\./.test(address) || /^ff/i.test(address)

/** The group or remote address; the names in JSON of IPv6 ones end in 6. */
const showDestination = (suffix: '' | '6') => (address: string, printer: Printer) => {
  if (isZero(address)) return
  const word = inMulticast(address) ? 'group' : 'remote'
  printer.field(`${word}${suffix}`, address, `${word} % `)
}
const showSource = (suffix: '' | '6') => (address: string, printer: Printer) => {
  if (!isZero(address)) printer.field(`local${suffix}`, address, 'local % ')
}

export const vxlan = linkKind<Input, VxlanDraft>({
  name: 'vxlan',
  usage,
  unknown: 'command',
  draft: (base) => ({ ...base, given: new Set() }),
  keywords: [
    once('id*|vni*', 'id', 'id', network, ({ request }, id) => {
      request.id = id
    }),
    destination('group', true),
    destination('remote', false),
    once('local*', 'local', 'local', source, (draft, address) => {
      draft.source = address
    }),
    once('dev*', 'link', 'dev', below, ({ request }, link) => {
      request.link = link
    }),
    once('ttl*|hoplimit*', 'ttl', 'ttl', timeToLive, ({ request }, ttl) => {
      Object.assign(request, ttl)
    }),
    once('tos*|dsfield*', 'tos', 'tos', typeOfService, ({ request }, tos) => {
      request.tos = tos
    }),
    once('df*', 'df', 'df', fragmentation, ({ request }, df) => {
      request.df = df
    }),
    once(
      'label*|flowlabel*',
      'label',
      'flowlabel',
      u32('invalid flowlabel', 'LABEL', 0xfffff),
      ({ request }, label) => {
        request.label = label
      },
    ),
    once('ageing*', 'ageing', 'ageing', orWord('none', 'ageing timer', 'SECONDS'), ({ request }, ageing) => {
      request.ageing = ageing
    }),
    once('maxaddress*', 'limit', 'maxaddress', orWord('unlimited', 'max addresses', 'NUMBER'), ({ request }, limit) => {
      request.limit = limit
    }),
    once('port*|srcport*', 'portRange', 'srcport', portRange, ({ request }, range) => {
      if (range.low !== 0 || range.high !== 0) request.portRange = range
    }),
    once('dstport*', 'port', 'dstport', u16('dst port', 'PORT'), ({ request }, port) => {
      request.port = port
    }),
    ...pair('learning', 'learning'),
    ...pair('proxy', 'proxy'),
    ...pair('rsc', 'rsc'),
    ...pair('l2miss', 'l2miss'),
    ...pair('l3miss', 'l3miss'),
    ...pair('udpcsum', 'udpCsum').reverse(),
    ...pair('udp6zerocsumtx', 'udpZeroCsum6Tx').reverse(),
    ...pair('udp6zerocsumrx', 'udpZeroCsum6Rx').reverse(),
    ...pair('remcsumtx', 'remcsumTx').reverse(),
    ...pair('remcsumrx', 'remcsumRx').reverse(),
    ...pair('external', 'collectMetadata').reverse(),
    flag('gbp*', 'gbp', ({ request }) => {
      request.gbp = true
    }),
    flag('gpe*', 'gpe', ({ request }) => {
      request.gpe = true
    }),
    ...pair('vnifilter', 'vnifilter', { abbreviable: false }).reverse(),
  ],
  finish,
  print: [
    ifOn('collectMetadata', 'external'),
    when('vnifilter', (on, printer) => {
      if (on) printer.field('vnifilter', true, 'vnifilter')
    }),
    number('id', 'id'),
    when('group', showDestination('')),
    when('group6', showDestination('6')),
    when('local', showSource('')),
    when('local6', showSource('6')),
    when('link', (index, printer, { devices }) => {
      if (index !== 0) printer.field('link', devices.name(index), 'dev % ')
    }),
    when('portRange', ({ low, high }, printer) => {
      printer.text(`srcport ${low} ${high} `)
      if (!printer.json) return
      printer.object('port_range', () => {
        printer.data('low', low)
        printer.data('high', high)
      })
    }),
    number('port', 'port', 'dstport'),
    when('learning', (on, printer) => printer.field('learning', on, on ? '' : 'nolearning ')),
    ifOn('proxy', 'proxy'),
    ifOn('rsc', 'rsc'),
    ifOn('l2miss', 'l2miss'),
    ifOn('l3miss', 'l3miss'),
    when('tos', (tos, printer) => {
      if (tos !== 0) printer.field('tos', hexText(tos), 'tos % ', { as: tos === 1 ? 'inherit' : hexText(tos) })
    }),
    (data: Vxlan, printer: Printer) => {
      if (data.ttlInherit) printer.text('ttl inherit ')
      else if (data.ttl !== undefined) {
        printer.field('ttl', data.ttl, 'ttl % ', { as: data.ttl === 0 ? 'auto' : String(data.ttl) })
      }
    },
    when('df', (df, printer) => printer.field('df', df, df === 'unset' ? '' : 'df % ')),
    when('label', (label, printer) => {
      if (label !== 0) printer.field('label', hexText(label), 'flowlabel % ')
    }),
    when('ageing', (ageing, printer) => {
      printer.field('ageing', ageing, 'ageing % ', { as: ageing === 0 ? 'none' : String(ageing) })
    }),
    when('limit', (limit, printer) => {
      if (limit !== 0) printer.field('limit', limit, 'maxaddr % ')
    }),
    orNo('udpCsum', 'udp_csum', 'udpcsum'),
    orNo('udpZeroCsum6Tx', 'udp_zero_csum6_tx', 'udp6zerocsumtx'),
    orNo('udpZeroCsum6Rx', 'udp_zero_csum6_rx', 'udp6zerocsumrx'),
    ifOn('remcsumTx', 'remcsum_tx', 'remcsumtx'),
    ifOn('remcsumRx', 'remcsum_rx', 'remcsumrx'),
    ifOn('gbp', 'gbp'),
    ifOn('gpe', 'gpe'),
  ],
})
