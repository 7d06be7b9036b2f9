import {
  type Address,
  addressText,
  CommandFailure,
  expectAddress,
  garbage,
  isInternet,
  isMulticast,
  type Keyword,
  rows,
  u16,
  wrong,
} from '../../../grammar/index.ts'
import { linkKind } from './kind.ts'
import { onceRows } from './once.ts'
import { below, flowLabel, fragmentation, network, timeToLive, typeOfService } from './udp-tunnel.ts'
import { vxlanFields } from './vxlan-fields.ts'
import { orWord, portRange, source, type VxlanDraft, type VxlanInput } from './vxlan-readers.ts'

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

const table = rows<VxlanDraft>()
const { option: once, flag, pair } = onceRows<VxlanInput, VxlanDraft>()

const IANA_GPE_PORT = 4790

/** The destination, which is either a multicast group or not. */
function destination(notation: 'group' | 'remote', multicast: boolean): Keyword<VxlanDraft> {
  return table.option(
    `${notation}*`,
    {
      hint: 'IP_ADDRESS',
      read(words, draft) {
        const { destination: other } = draft
        if (other !== undefined && isMulticast(other) !== multicast) {
          throw new CommandFailure('vxlan: both group and remote cannot be specified', 1)
        }
        if (draft.given.has('group')) throw garbage(notation, words.current)
        draft.given.add('group')
        const address = expectAddress(words.current, draft.source?.family ?? 'unspec')
        if (!isInternet(address) || isMulticast(address) !== multicast) {
          throw wrong(words.current, `invalid ${notation} address`)
        }
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
  // Without an address the family of the options says which protocol carries the frames.
  if (source === undefined && destination === undefined) {
    if (session.options.family === 'inet') request.group = '0.0.0.0'
    if (session.options.family === 'inet6') request.group6 = '::'
  }
  if (given.has('learning') || creates) request.learning ??= !external
}

const portMissing = `vxlan: destination port not specified
Will use Linux kernel default (non-standard value)
Use 'dstport 4789' to get the IANA assigned value
Use 'dstport 0' to get default and quiet this message`

function placeAddress(request: VxlanInput, key: 'local' | 'group', address: Address | undefined): void {
  if (address === undefined) return
  // `any` beside an address; iproute2 sends it without a byte.
  if (address.bytes.length === 0) throw new CommandFailure('Error: Attribute failed policy validation.', 2)
  request[address.family === 'inet6' ? (`${key}6` as const) : key] = addressText(address)
}

export const vxlan = linkKind<VxlanInput, VxlanDraft>('vxlan', () => ({
  usage,
  unknown: 'command',
  draft: (base) => ({ ...base, given: new Set() }),
  keywords: [
    once('id*|vni*', 'id', 'id', network, 'id'),
    destination('group', true),
    destination('remote', false),
    once('local*', 'local', 'local', source, (draft, address) => {
      draft.source = address
    }),
    once('dev*', 'link', 'dev', below, 'link'),
    once('ttl*|hoplimit*', 'ttl', 'ttl', timeToLive, ({ request }, ttl) => {
      Object.assign(request, ttl)
    }),
    once('tos*|dsfield*', 'tos', 'tos', typeOfService, 'tos'),
    once('df*', 'df', 'df', fragmentation, 'df'),
    once('label*|flowlabel*', 'label', 'flowlabel', flowLabel, 'label'),
    once('ageing*', 'ageing', 'ageing', orWord('none', 'ageing timer', 'SECONDS'), 'ageing'),
    once('maxaddress*', 'limit', 'maxaddress', orWord('unlimited', 'max addresses', 'NUMBER'), 'limit'),
    once('port*|srcport*', 'portRange', 'srcport', portRange, ({ request }, range) => {
      if (range.low !== 0 || range.high !== 0) request.portRange = range
    }),
    once('dstport*', 'port', 'dstport', u16('dst port', 'PORT'), 'port'),
    ...pair('learning*', 'learning'),
    ...pair('proxy*', 'proxy'),
    ...pair('rsc*', 'rsc'),
    ...pair('l2miss*', 'l2miss'),
    ...pair('l3miss*', 'l3miss'),
    ...pair('udpcsum*', 'udpCsum'),
    ...pair('udp6zerocsumtx*', 'udpZeroCsum6Tx'),
    ...pair('udp6zerocsumrx*', 'udpZeroCsum6Rx'),
    ...pair('remcsumtx*', 'remcsumTx'),
    ...pair('remcsumrx*', 'remcsumRx'),
    ...pair('external*', 'collectMetadata'),
    flag('gbp*', 'gbp', ({ request }) => {
      request.gbp = true
    }),
    flag('gpe*', 'gpe', ({ request }) => {
      request.gpe = true
    }),
    ...pair('vnifilter', 'vnifilter'),
  ],
  finish,
  print: vxlanFields,
}))
