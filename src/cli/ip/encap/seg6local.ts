import { route } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  cNumber,
  expectAddress,
  type Keyword,
  noDevice,
  type Reader,
  rows,
  text,
  u8,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { humanNumber } from '../link/human-number.ts'
import { unsupportedVerb } from '../unsupported.ts'
import type { Encap, EncapData, EncapInput } from './kind.ts'
import { type EncapDraft, takeOptions } from './options.ts'
import { printSegments, readSegments } from './seg6.ts'

type Input = EncapInput<'seg6local'>
type Action = keyof typeof route.SEG6_LOCAL_ACTIONS
type Flavour = 'psp' | 'usp' | 'usd' | 'next-csid'
interface Local extends Input {
  /** What `srh` asks for, made once the action is known. */
  through?: { readonly segments: readonly string[]; readonly hmac: number }
}

const { option, flag } = rows<EncapDraft<Local>>()
const FLAVOURS: readonly Flavour[] = ['psp', 'usp', 'usd', 'next-csid']

const action: Reader<Action> = {
  hint: 'ACTION',
  read({ current }) {
    if (current === 'unspec' || !Object.hasOwn(route.SEG6_LOCAL_ACTIONS, current)) {
      throw wrong(current, '"action" value is invalid\n')
    }
    return current as Action
  },
}

const device: Reader<number, EncapDraft<Local>> = {
  hint: 'DEVICE',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw noDevice(current, 255)
    return index
  },
}

function address(family: 'inet' | 'inet6'): Reader<string> {
  return { hint: 'ADDRESS', read: ({ current }) => addressText(expectAddress(current, family)) }
}

const flavours: Reader<NonNullable<Input['flavors']>> = {
  hint: 'FLAVORS',
  read(words, draft) {
    const { current } = words
    const found = current
      .toLowerCase()
      .split(',')
      .map((word) => FLAVOURS.find((flavour) => flavour === word))
    if (found.includes(undefined) || new Set(found).size !== found.length) {
      throw wrong(current, 'invalid "flavors" attribute\n')
    }
    const operation = FLAVOURS.filter((flavour) => found.includes(flavour))
    return { operation, ...(operation.includes('next-csid') ? lengths(words, draft) : {}) }
  },
}

/** `[ lblen BITS ] [ nflen BITS ]` after `next-csid`. */
function lengths(words: Words, draft: unknown): { lcblockBits?: number; lcnodeFnBits?: number } {
  const found: { lcblockBits?: number; lcnodeFnBits?: number } = {}
  for (const [word, key, name] of [
    ['lblen', 'lcblockBits', 'locator-block length'],
    ['nflen', 'lcnodeFnBits', 'locator-node function length'],
  ] as const) {
    if (words.following !== word) continue
    words.next()
    words.next()
    found[key] = u8(`"${name}" value is invalid\n`).read(words, draft)
  }
  return found
}

const through: Reader<NonNullable<Local['through']>> = {
  hint: 'segs SEGMENTS [ hmac KEYID ]',
  read(words) {
    if (words.current !== 'segs') throw wrong(words.current, 'missing "segs" attribute for srh\n')
    const segments = readSegments(words.next())
    if (words.following !== 'hmac') return { segments, hmac: 0 }
    words.next()
    return { segments, hmac: cNumber(words.next(), 0, 0xffffffff) ?? 0 }
  },
}

const keywords: readonly Keyword<EncapDraft<Local>>[] = [
  option('action', action, 'action', { once: 'action' }),
  option('table', named('table', 'invalid table id\n', 'TABLE'), 'table', { once: 'table' }),
  option('vrftable', named('table', 'invalid vrf table id\n', 'TABLE'), 'vrftable', { once: 'vrftable' }),
  option('nh4', address('inet'), 'nh4', { once: 'nh4' }),
  option('nh6', address('inet6'), 'nh6', { once: 'nh6' }),
  option('iif', device, 'iif', { once: 'iif' }),
  option('oif', device, 'oif', { once: 'oif' }),
  flag(
    'count',
    ({ request }) => {
      request.counters = { packets: 0, bytes: 0, errors: 0 }
    },
    { once: 'count' },
  ),
  option('flavors', flavours, 'flavors', { once: 'flavors' }),
  option('srh', through, 'through', { once: 'srh' }),
  option('endpoint', text('BPF'), unsupportedVerb('route encap seg6local endpoint')),
]

function printFlavours(data: NonNullable<EncapData<'seg6local'>['flavors']>, session: Session): void {
  const { printer, options } = session
  const { operation, lcblockBits, lcnodeFnBits } = data
  if (operation !== undefined) {
    const shown = FLAVOURS.filter((flavour) => operation.includes(flavour))
    printer.text('flavors ')
    printer.array('flavors', () => {
      for (const [i, flavour] of shown.entries()) printer.item(flavour, i === 0 ? '%' : ',%')
    })
    printer.text(' ')
  }
  for (const [word, value] of [
    ['lblen', lcblockBits],
    ['nflen', lcnodeFnBits],
  ] as const) {
    if (value === undefined) continue
    printer.field(word, value, `${word} % `, { as: options.human ? humanNumber(value, options.iec) : String(value) })
  }
}

function printCounters(counters: NonNullable<EncapData<'seg6local'>['counters']>, session: Session): void {
  const { printer, options } = session
  printer.object('stats64', () => {
    for (const key of ['packets', 'bytes', 'errors'] as const) {
      const count = counters[key] ?? 0
      printer.field(key, count, `${key} % `, { as: options.human ? humanNumber(count, options.iec) : String(count) })
    }
  })
}

export const seg6local: Encap<'seg6local'> = {
  read(words, session) {
    const { through, ...data } = takeOptions<Local>(words, keywords, { session, request: {} })
    if (data.action === undefined) throw new CommandFailure('Missing action type', 255)
    if (through === undefined) return data
    const inline = data.action !== 'End.B6.Encaps'
    return { ...data, srh: route.throughSegments(through.segments, { inline, hmac: through.hmac }) }
  },
  print(data, session) {
    const { printer, names, devices, options } = session
    if (data.action === undefined) return
    printer.field('action', typeof data.action === 'number' ? '<invalid>' : data.action, 'action % ')
    const { srh } = data
    if (srh !== undefined) printer.object('srh', () => printSegments(srh, printer))
    if (data.table !== undefined) printer.field('table', names.table.name(data.table), 'table % ')
    if (data.vrftable !== undefined) printer.field('vrftable', names.table.name(data.vrftable), 'vrftable % ')
    if (data.nh4 !== undefined) printer.field('nh4', data.nh4, 'nh4 % ')
    if (data.nh6 !== undefined) printer.field('nh6', data.nh6, 'nh6 % ')
    if (data.iif !== undefined) printer.field('iif', devices.name(data.iif), 'iif % ')
    if (data.oif !== undefined) printer.field('oif', devices.name(data.oif), 'oif % ')
    if (data.bpf !== undefined) {
      printer.field('endpoint', data.bpf.name ?? '<unknown>', 'endpoint %', {
        as: data.bpf.name === undefined ? '' : `${data.bpf.name} `,
      })
    }
    if (data.counters !== undefined && options.stats > 0) printCounters(data.counters, session)
    if (data.flavors !== undefined) printFlavours(data.flavors, session)
  },
}
