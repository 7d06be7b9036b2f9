import { link } from '../../../rtnl/index.ts'
import {
  choice,
  cNumber,
  device,
  type Grammar,
  i32,
  isAlternativeName,
  isDeviceName,
  type Keyword,
  leadingNumber,
  lladdr,
  lladdrBytes,
  lladdrText,
  offOn,
  onOff,
  type Reader,
  rows,
  text,
  u32,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import { openNamespaceFile } from '../../namespace.ts'
import type { LinkDraft } from './draft.ts'
import { namespaceId } from './namespace-id.ts'
import { linkUsage } from './usage.ts'
import { virtualFunction } from './virtual-function/keywords.ts'
import { vrfDevice } from './vrf-device.ts'
import { xdpKeywords } from './xdp.ts'

const { option, flag } = rows<LinkDraft>()

const EINVAL = 22
// IFALIASZ of linux/if.h, with its NUL.
const ALIAS_SIZE = 256

const newName: Reader<string> = {
  hint: 'NAME',
  read({ current }) {
    if (!isDeviceName(current)) throw wrong(current, '"name" not a valid ifname')
    return current
  },
}

const aliasText: Reader<string> = {
  hint: 'NAME',
  read({ current }) {
    if (Buffer.byteLength(current) >= ALIAS_SIZE) throw wrong(current, 'alias too long\n')
    return current
  },
}

/** The namespace to move to: a name or path where there is one, otherwise the process that is in it. */
const namespace: Reader<Pick<link.LinkInput, 'netNsFd' | 'netNsPid'>, LinkDraft> = {
  hint: '{ PID | NAME }',
  read({ current }, { session }) {
    const file = openNamespaceFile(current)
    if (file !== undefined) return { netNsFd: session.hold(file).fd }
    const netNsPid = cNumber(current, -0x80000000, 0x7fffffff)
    if (netNsPid === undefined) throw wrong(current, 'Invalid "netns" value\n')
    return { netNsPid: netNsPid >>> 0 }
  },
}

/** A keyword for one of the device's flags; `inverted` where "on" clears it. */
function switched(notation: string, of: link.LinkFlag, inverted = false): Keyword<LinkDraft> {
  return option(notation, onOff(notation.replace('*', '')), ({ flags }, on) => {
    flags.set(of, on !== inverted)
  })
}

const caseless = { caseless: true }
const linkMode = choice({ default: 'default', dormant: 'dormant' } as const, 'Invalid link mode\n', caseless)
const operstate = choice(
  Object.fromEntries(Object.keys(link.OPERSTATES).map((state) => [state, state as keyof typeof link.OPERSTATES])),
  'Invalid operstate\n',
  caseless,
)
const addressGeneration = choice(
  { eui64: 'eui64', none: 'none', stable_secret: 'stable-privacy', random: 'random' } as const,
  'Invalid address generation mode\n',
  caseless,
)

const reasonSwitch = onOff('protodown_reason', { abbreviable: true })
const protodownReason: Reader<{ mask: number; value: number }, LinkDraft> = {
  hint: 'PREASON { on | off }',
  read(words, { session }) {
    const reason = session.names.protodownReason.id(words.current)
    if (reason === undefined) throw wrong(words.current, 'invalid protodown reason\n')
    words.next()
    const mask = (1 << reason) >>> 0
    return { mask, value: reasonSwitch.read(words, undefined) ? mask : 0 }
  },
}

/** The options of a link, whatever its kind, in the order in which iproute2 resolves abbreviations. */
const keywords: readonly Keyword<LinkDraft>[] = [
  flag('up', ({ flags }) => flags.set('up', true)),
  flag('down', ({ flags }) => flags.set('up', false)),
  option(
    'name',
    newName,
    (draft, name) => {
      draft.name = name
      draft.device ??= name
    },
    { once: 'name' },
  ),
  option(
    'index',
    leadingNumber('Invalid "index" value', 1),
    (draft, index) => {
      draft.index = index
    },
    { once: 'index' },
  ),
  option('link*', text('DEVICE'), (draft, name) => {
    draft.below = name
  }),
  option('address*', text('LLADDR'), (draft, word) => {
    const bytes = lladdrBytes(word)
    draft.addressLength = bytes.length
    draft.request.address = lladdrText(bytes)
  }),
  option('broadcast*|brd', lladdr, 'broadcast'),
  option('txqueuelen*|qlen|txqlen*', i32('Invalid "txqueuelen" value\n', 'PACKETS'), unsigned('txqlen'), {
    once: 'txqueuelen',
  }),
  ...xdpKeywords,
  option('mtu', i32('Invalid "mtu" value\n', 'MTU'), unsigned('mtu'), { once: 'mtu' }),
  option(
    'netns',
    namespace,
    (draft, target) => {
      Object.assign(draft.request, target)
      draft.movesNamespace = true
    },
    { once: 'netns' },
  ),
  switched('multicast', 'multicast'),
  switched('allmulticast', 'all-multi'),
  switched('promisc', 'promisc'),
  switched('trailers', 'no-trailers', true),
  switched('arp', 'no-arp', true),
  option('carrier', offOn('carrier', EINVAL), 'carrier'),
  option('vf', virtualFunction, ({ request }, settings) => {
    request.vfinfoList = { info: [...(request.vfinfoList?.info ?? []), settings] }
  }),
  option('master*', device('Device does not exist\n'), 'master'),
  option('vrf', vrfDevice, 'master'),
  flag('nomaster*', 'master', 0),
  switched('dynamic*', 'dynamic'),
  option(
    'type*',
    text('TYPE'),
    (draft, type) => {
      draft.type = type
    },
    { ends: true },
  ),
  option('alias*', aliasText, 'alias'),
  option(
    'group',
    named('group', 'Invalid "group" value\n', 'GROUP'),
    (draft, group) => {
      draft.request.group = group
      draft.groupGiven = true
    },
    { once: 'group' },
  ),
  option('mode', linkMode, 'linkmode'),
  option('state', operstate, 'operstate'),
  option('numtxqueues*', i32('Invalid "numtxqueues" value\n', 'QUEUE_COUNT'), unsigned('numTxQueues'), {
    once: 'numtxqueues',
  }),
  option('numrxqueues*', i32('Invalid "numrxqueues" value\n', 'QUEUE_COUNT'), unsigned('numRxQueues'), {
    once: 'numrxqueues',
  }),
  option('addrgenmode*', addressGeneration, ({ request }, addrGenMode) => {
    request.afSpec = { inet6: { addrGenMode } }
  }),
  option('link-netns*', namespaceId, 'linkNetnsid', { once: 'link-netns/link-netnsid' }),
  option('link-netnsid*', i32('Invalid "link-netnsid" value\n', 'ID'), 'linkNetnsid', {
    once: 'link-netns/link-netnsid',
  }),
  option('protodown', offOn('protodown', EINVAL), 'protoDown'),
  option('protodown_reason', protodownReason, 'protoDownReason'),
  option('gso_max_size', u32('Invalid "gso_max_size" value\n', 'BYTES'), 'gsoMaxSize'),
  option('gso_max_segs', u32('Invalid "gso_max_segs" value\n', 'PACKETS', 65535), 'gsoMaxSegs'),
  option('gro_max_size', u32('Invalid "gro_max_size" value\n', 'BYTES'), 'groMaxSize'),
  option('parentdev', text('NAME'), 'parentDevName'),
]

/** Negative numbers go to the kernel as what they are in 32 bits, as iproute2 sends them, for the kernel to refuse. */
function unsigned(key: 'mtu' | 'txqlen' | 'numTxQueues' | 'numRxQueues') {
  return ({ request }: LinkDraft, value: number) => {
    request[key] = value >>> 0
  }
}

export const linkGrammar: Grammar<LinkDraft> = {
  keywords,
  usage: linkUsage,
  otherwise: {
    introducer: 'dev',
    name: 'dev',
    hint: 'DEVICE',
    helpBefore: true,
    given: (draft) => draft.deviceGiven,
    take({ current }, draft) {
      if (!isAlternativeName(current)) throw wrong(current, '"dev" not a valid ifname')
      draft.device = current
      draft.deviceGiven = true
    },
  },
}
