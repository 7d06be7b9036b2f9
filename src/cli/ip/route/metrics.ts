import type { route } from '../../../rtnl/index.ts'
import { choice, type Keyword, type Reader, rows, text, u32, type Words, wrong } from '../../grammar/index.ts'
import type { Printer } from '../../print/index.ts'
import type { RouteDraft } from './draft.ts'

export type Metrics = NonNullable<route.RouteInput['metrics']>
type NumberMetric = { [K in keyof Metrics]-?: number extends Metrics[K] ? K : never }[keyof Metrics] & string

const { option } = rows<RouteDraft>()

/** What a metric is worth, and whether `lock` stood before it. */
interface Locked<T> {
  readonly value: T
  readonly locked: boolean
}

function lockable<T>(reader: Reader<T>): Reader<Locked<T>> {
  return {
    hint: `[ lock ] ${reader.hint}`,
    read(words, draft) {
      const locked = words.current === 'lock'
      if (locked) words.next()
      return { value: reader.read(words, draft), locked }
    },
  }
}

type Lock = Extract<NonNullable<Metrics['lock']>, readonly unknown[]>[number]

function put<K extends keyof Metrics & Lock>(key: K) {
  return ({ request }: RouteDraft, { value, locked }: Locked<Metrics[K]>) => {
    request.metrics ??= {}
    request.metrics[key] = value
    if (locked) request.metrics.lock = [...[request.metrics.lock ?? []].flat(), key]
  }
}

const number = (name: string, most?: number) => u32(`"${name}" value is invalid\n`, 'NUMBER', most)

function metric(notation: string, key: NumberMetric & Lock, name = notation.replace('*', ''), most?: number) {
  return option(notation, lockable(number(name, most)), put(key))
}

/** A time such as `200ms` or `1.5s`, in milliseconds rounded up; a bare number is in the unit that the kernel keeps. */
function time(name: string, unitsPerMillisecond: number): Reader<number> {
  return {
    hint: 'TIME',
    read({ current }) {
      const match = /^(\d+(?:\.\d*)?|\.\d+|0x[0-9a-f]+)(s|sec|secs|ms|msec|msecs)?$/i.exec(current)
      const amount = match === null ? Number.NaN : Number(match[1])
      if (Number.isNaN(amount)) throw wrong(current, `"${name}" value is invalid\n`)
      const unit = match?.[2]?.toLowerCase()
      const value = Math.ceil(unit?.startsWith('s') ? amount * 1000 : amount)
      return unit === undefined ? value : value * unitsPerMillisecond
    },
  }
}

function zeroOrOne(name: string): Reader<number> {
  return {
    hint: 'BOOL',
    choices: ['0', '1'],
    read(words, draft) {
      const value = number(name).read(words, draft)
      if (value > 1) throw wrong(words.current, `"${name}" value should be 0 or 1\n`)
      return value
    },
  }
}

const unlocked = <T>(reader: Reader<T>): Reader<Locked<T>> => ({
  ...reader,
  read: (words: Words, draft: unknown) => ({ value: reader.read(words, draft), locked: false }),
})
const alwaysLocked = <T>(reader: Reader<T>): Reader<Locked<T>> => ({
  ...reader,
  read: (words: Words, draft: unknown) => ({ value: reader.read(words, draft), locked: true }),
})

const features = choice({ ecn: ['ecn'] as 'ecn'[] }, '"features" value not valid\n')

/** The keywords of metrics, in the order in which iproute2 resolves abbreviations. */
export const metricKeywords: readonly Keyword<RouteDraft>[] = [
  metric('mtu', 'mtu'),
  metric('hoplimit', 'hoplimit', 'hoplimit', 255),
  metric('advmss', 'advmss', 'mss'),
  metric('reordering*', 'reordering'),
  option('rtt', lockable(time('rtt', 8)), put('rtt')),
  option('rto_min', alwaysLocked(time('rto_min', 1)), put('rtoMin')),
  metric('window*', 'window'),
  metric('cwnd*', 'cwnd'),
  metric('initcwnd*', 'initcwnd'),
  metric('initrwnd*', 'initrwnd'),
  option('features*', unlocked(features), put('features')),
  option('quickack*', unlocked(zeroOrOne('quickack')), put('quickack')),
  option('congctl*', lockable(text('NAME')), put('ccAlgo')),
  option('rttvar*', lockable(time('rttvar', 4)), put('rttvar')),
  metric('ssthresh*', 'ssthresh'),
]

export const fastOpenKeyword = option(
  'fastopen_no_cookie*',
  unlocked(zeroOrOne('fastopen_no_cookie')),
  put('fastopenNoCookie'),
)

/** Metrics by number, each with its word. */
const SHOWN = [
  ['mtu', 'mtu'],
  ['window', 'window'],
  ['rtt', 'rtt'],
  ['rttvar', 'rttvar'],
  ['ssthresh', 'ssthresh'],
  ['cwnd', 'cwnd'],
  ['advmss', 'advmss'],
  ['reordering', 'reordering'],
  ['hoplimit', 'hoplimit'],
  ['initcwnd', 'initcwnd'],
  ['features', 'features'],
  ['rtoMin', 'rto_min'],
  ['initrwnd', 'initrwnd'],
  ['quickack', 'quickack'],
  ['ccAlgo', 'congctl'],
  ['fastopenNoCookie', 'fastopen_no_cookie'],
] as const
const NO_HOP_LIMIT = 0xffffffff
/** How many of the kernel's units are a millisecond. */
const TIMES: Readonly<Record<string, number>> = { rtt: 8, rttvar: 4, rtoMin: 1 }

/** `mtu lock 1400 rtt 20ms `. */
export function printMetrics(metrics: NonNullable<route.Route['metrics']>, printer: Printer): void {
  const locks: readonly unknown[] = metrics.lock ?? []
  printer.array('metrics', () => {
    printer.object(undefined, () => {
      for (const [key, word] of SHOWN) {
        const value = metrics[key]
        if (value === undefined && !locks.includes(key)) continue
        if (key === 'hoplimit' && value === NO_HOP_LIMIT) continue
        printer.text(`${word} ${locks.includes(key) ? 'lock ' : ''}`)
        printMetric(key, word, value ?? 0, printer)
      }
    })
  })
}

function printMetric(
  key: string,
  word: string,
  value: number | string | readonly (string | number)[],
  printer: Printer,
): void {
  const perMillisecond = TIMES[key]
  if (typeof value === 'string') printer.field('congestion', value, '% ')
  else if (typeof value !== 'number') printFeatures(value, printer)
  else if (perMillisecond !== undefined) {
    const milliseconds = Math.trunc(value / perMillisecond)
    const shown = milliseconds >= 1000 ? `${Number((milliseconds / 1000).toPrecision(6))}s` : `${milliseconds}ms`
    printer.field(word, milliseconds, '% ', { as: shown })
  } else printer.field(word, value, '% ')
}

function printFeatures(features: readonly (string | number)[], printer: Printer): void {
  if (features.includes('ecn')) printer.field('ecn', null, 'ecn ')
}
