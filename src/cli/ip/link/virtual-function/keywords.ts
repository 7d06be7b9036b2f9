import { link } from '../../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  choice,
  i32,
  incomplete,
  type Keyword,
  lladdrBytes,
  lladdrText,
  offOn,
  type Reader,
  required,
  rows,
  spelled,
  u32,
  type Words,
  wrong,
} from '../../../grammar/index.ts'
import { expectAddressLength } from '../address-length.ts'
import type { LinkDraft } from '../draft.ts'
import { vlanProtocol } from '../kinds/vlan-protocol.ts'

type Settings = NonNullable<NonNullable<link.LinkInput['vfinfoList']>['info']>[number]

/** What has been read of a virtual function. */
interface VirtualFunctionDraft {
  readonly link: LinkDraft
  readonly vf: number
  readonly request: { -readonly [K in keyof Settings]: Settings[K] }
  /** Transmit rates in Mbit/s: the limit of old, and the two of today. */
  rate?: number
  most?: number
  least?: number
}

const { option } = rows<VirtualFunctionDraft>()

const mac: Reader<string, VirtualFunctionDraft> = {
  hint: 'LLADDR',
  read({ current }, { link: { session, device = '' } }) {
    const bytes = lladdrBytes(current)
    expectAddressLength(session, device, bytes.length)
    return lladdrText(bytes)
  },
}

interface Vlan {
  readonly vlan: number
  readonly qos: number
  readonly vlanProto: '8021q' | '8021ad'
}

const VLANS = 4096
const protocol = vlanProtocol('protocol is invalid\n')

/** `VLANID [ qos QOS ] [ proto PROTO ]`. */
function readVlan(words: Words, draft: VirtualFunctionDraft): Vlan {
  const vlan = u32('Invalid "vlan" value\n', 'VLANID', VLANS - 1).read(words, draft)
  let qos = 0
  let vlanProto: Vlan['vlanProto'] = '8021q'
  if (abbreviates(words.following ?? '', 'qos')) {
    words.next()
    words.next()
    qos = u32('Invalid "qos" value\n').read(words, draft)
  }
  if (abbreviates(words.following ?? '', 'proto')) {
    words.next()
    words.next()
    const found = protocol.read(words, draft)
    if (typeof found === 'number') {
      throw wrong(words.current, 'Invalid "vlan protocol" value - supported 802.1Q, 802.1ad\n')
    }
    vlanProto = found
  }
  return { vlan, qos, vlanProto }
}

/** One VLAN, or several where the first is of a provider. */
const vlans: Reader<readonly Vlan[], VirtualFunctionDraft> = {
  hint: 'VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ]',
  read(words, draft) {
    const all = [readVlan(words, draft)]
    while (all[0]!.vlanProto !== '8021q' && abbreviates(words.following ?? '', 'vlan')) {
      words.next()
      words.next()
      all.push(readVlan(words, draft))
    }
    return all
  },
}

const guid: Reader<bigint> = {
  hint: 'EUI64',
  read({ current }) {
    if (!/^[0-9a-f]{2}(?::[0-9a-f]{2}){7}$/i.test(current)) throw wrong(current, 'Invalid GUID format\n')
    return BigInt(`0x${current.replaceAll(':', '')}`)
  },
}

const state = choice(
  { 'auto*': 'auto', 'enable*': 'enable', 'disable*': 'disable' } as const,
  'Invalid "state" value\n',
)

function switched(name: string, key: 'spoofchk' | 'rssQueryEn' | 'trust'): Keyword<VirtualFunctionDraft> {
  return option(`${name}*`, offOn(name, 1), ({ request, vf }, on) => {
    request[key] = { vf, setting: Number(on) }
  })
}

const keywords: readonly Keyword<VirtualFunctionDraft>[] = [
  option('mac*', mac, ({ request, vf }, address) => {
    request.mac = { vf, mac: address }
  }),
  option('vlan*', vlans, ({ request, vf }, all) => {
    const { vlan, qos, vlanProto } = all[0]!
    if (vlanProto === '8021q') request.vlan = { vf, vlan, qos }
    else request.vlanList = { info: all.map((one) => ({ vf, ...one })) }
  }),
  option('rate*', u32('Invalid "rate" value\n', 'TXRATE'), (draft, rate) => {
    draft.rate = rate
  }),
  option('max_tx_rate*', u32('Invalid "max tx rate" value\n', 'TXRATE'), (draft, rate) => {
    draft.most = rate
  }),
  option('min_tx_rate*', u32('Invalid "min tx rate" value\n', 'TXRATE'), (draft, rate) => {
    draft.least = rate
  }),
  switched('spoofchk', 'spoofchk'),
  switched('query_rss', 'rssQueryEn'),
  switched('trust', 'trust'),
  option('state*', state, ({ request, vf }, linkState) => {
    request.linkState = { vf, linkState }
  }),
  option('node_guid*', guid, ({ request, vf }, value) => {
    request.ibNodeGuid = { vf, guid: value }
  }),
  option('port_guid*', guid, ({ request, vf }, value) => {
    request.ibPortGuid = { vf, guid: value }
  }),
]

/** The rates in the form of old where only that was given, otherwise both of today's; the kernel says the one not given. */
function settleRates({ request, vf, link: { session, device = '' }, rate, most, least }: VirtualFunctionDraft): void {
  if (most === undefined && least === undefined) {
    if (rate !== undefined) request.txRate = { vf, rate }
    return
  }
  const now = most !== undefined && least !== undefined ? undefined : ratesNow(session, device, vf)
  const maxTxRate = most ?? rate ?? now?.maxTxRate ?? 0
  const minTxRate = least ?? now?.minTxRate ?? 0
  if (maxTxRate !== 0 && minTxRate > maxTxRate) {
    throw new CommandFailure(`Invalid min_tx_rate ${minTxRate} - must be <= max_tx_rate ${maxTxRate}`, 1)
  }
  request.rate = { vf, minTxRate, maxTxRate }
}

function ratesNow({ route, devices }: LinkDraft['session'], device: string, vf: number) {
  const index = devices.index(device)
  if (index === 0) throw new CommandFailure(`Device ${device} does not exist`, 1)
  const { vfinfoList } = route.ask(link.get(index, { extMask: ['vf'] }))
  return vfinfoList?.info?.find(({ rate }) => rate?.vf === vf)?.rate
}

/** `NUM` and the settings of that virtual function, up to a word that is none. Throws CommandFailure. */
export const virtualFunction: Reader<Settings, LinkDraft> = {
  hint: 'NUM [ mac LLADDR ] ...',
  read(words, into) {
    const vf = i32('Invalid "vf" value\n', 'NUM').read(words, into)
    if (into.device === undefined) throw required('dev')
    const draft: VirtualFunctionDraft = { link: into, vf: vf >>> 0, request: {} }
    let count = 0
    for (; words.hasNext; count++) {
      const keyword = spelled(words.following ?? '', keywords)
      if (keyword === undefined) break
      words.next()
      words.next()
      keyword.take(words, draft)
    }
    if (count === 0) throw incomplete()
    settleRates(draft)
    return draft.request
  },
}
