import {
  type Address,
  addressText,
  CommandFailure,
  expectAddress,
  isMulticast,
  type Reader,
  u16,
  wrong,
} from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { linkKind } from './kind.ts'
import { type OnceDraft, onceRows } from './once.ts'
import {
  checksumFields,
  flowLabel,
  fragmentation,
  network,
  showFlowLabel,
  showFragmentation,
  showTimeToLive,
  showTypeOfService,
  timeToLive,
  typeOfService,
} from './udp-tunnel.ts'

const usage = `Usage: ... geneve id VNI
		remote ADDR
		[ ttl TTL ]
		[ tos TOS ]
		[ df DF ]
		[ flowlabel LABEL ]
		[ dstport PORT ]
		[ [no]external ]
		[ [no]udpcsum ]
		[ [no]udp6zerocsumtx ]
		[ [no]udp6zerocsumrx ]
		[ innerprotoinherit ]

Where:	VNI   := 0-16777215
	ADDR  := IP_ADDRESS
	TOS   := { NUMBER | inherit }
	TTL   := { 1..255 | auto | inherit }
	DF    := { unset | set | inherit }
	LABEL := 0-1048575`

type Input = InputOf<'geneve'>
type Draft = OnceDraft<Input>

const { option, flag, pair } = onceRows<Input>()
const { number, ifOn, when } = fields<DataOf<'geneve'>>()

const remote: Reader<Address> = {
  hint: 'ADDR',
  read({ current }) {
    const address = expectAddress(current, 'unspec')
    if (address.bytes.length === 0 || isMulticast(address)) throw wrong(current, 'invalid remote address')
    return address
  },
}

function finish({ request, given, creates }: Draft): void {
  const external = request.collectMetadata === true
  if (external && given.has('id')) throw new CommandFailure("geneve: both 'external' and vni cannot be specified", 1)
  if (!external && !given.has('id')) throw new CommandFailure('geneve: missing virtual network identifier', 1)
  if (!external && creates && request.remote === undefined && request.remote6 === undefined) {
    throw new CommandFailure('geneve: remote link partner not specified', 1)
  }
  request.id ??= 0
  if (request.port === 0) delete request.port
  if (!creates) return
  request.label ??= 0
  request.ttl ??= 0
  request.tos ??= 0
}

export const geneve = linkKind<Input, Draft>('geneve', () => ({
  usage,
  unknown: 'command',
  draft: (base) => ({ ...base, given: new Set() }),
  keywords: [
    option('id*|vni*', 'id', 'id', network, 'id'),
    option('remote*', 'remote', 'remote', remote, ({ request }, address) => {
      request[address.family === 'inet6' ? 'remote6' : 'remote'] = addressText(address)
    }),
    option('ttl*|hoplimit*', 'ttl', 'ttl', timeToLive, ({ request }, { ttl = 0, ttlInherit }) => {
      request.ttl = ttl
      if (ttlInherit) request.ttlInherit = true
    }),
    option('tos*|dsfield*', 'tos', 'tos', typeOfService, 'tos'),
    option('df*', 'df', 'df', fragmentation, 'df'),
    option('label*|flowlabel*', 'label', 'flowlabel', flowLabel, 'label'),
    option('dstport*', 'port', 'dstport', u16('dstport', 'PORT'), 'port'),
    flag('external*', 'external', ({ request }) => {
      request.collectMetadata = true
    }),
    flag('noexternal*', 'external', () => {}),
    ...pair('udpcsum*', 'udpCsum'),
    ...pair('udp6zerocsumtx*', 'udpZeroCsum6Tx'),
    ...pair('udp6zerocsumrx*', 'udpZeroCsum6Rx'),
    flag('innerprotoinherit', 'innerProtoInherit', ({ request }) => {
      request.innerProtoInherit = true
    }),
  ],
  finish,
  print: [
    ifOn('collectMetadata', 'external'),
    number('id', 'id'),
    when('remote', (address, printer, { hostText }) => {
      if (address !== '0.0.0.0') printer.field('remote', hostText(address), 'remote % ')
    }),
    when('remote6', (address, printer, { hostText }) => {
      if (address !== '::' && !/^ff/i.test(address)) printer.field('remote6', hostText(address), 'remote % ')
    }),
    showTimeToLive,
    when('tos', showTypeOfService),
    when('df', showFragmentation),
    when('label', showFlowLabel),
    number('port', 'port', 'dstport'),
    ...checksumFields,
    ifOn('innerProtoInherit', 'inner_proto_inherit', 'innerprotoinherit'),
  ],
}))
