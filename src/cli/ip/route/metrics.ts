import type { route } from '../../../rtnl/index.ts'
import { choice, cInteger, type Keyword, type Reader, rows, text, u32, type Words, wrong } from '../../grammar/index.ts'
import { general, type Printer } from '../../print/index.ts'
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

/** What strtoul(3) or, where there is a point, strtod(3) makes of a text's beginning. */
const AMOUNT = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)/i
const FRACTION = /^\s*\+?(?:\d+\.\d*|\d*\.\d+)(?:e[+-]?\d+)?/i
const ULONG_MAX = 2n ** 64n - 1n

/** The number at the beginning of a time, and the unit after it. Undefined where there is no number. */
function amountIn(text: string): { readonly amount: number; readonly unit: string } | undefined {
  const match = (text.includes('.') ? FRACTION : AMOUNT).exec(text)
  if (match === null) return undefined
  const [all, sign, digits] = match
  const unit = text.slice(all.length).toLowerCase()
  if (digits === undefined) return { amount: Number(all), unit }
  const value = cInteger(digits)!
  return value > ULONG_MAX ? undefined : { amount: Number(sign === '-' ? BigInt.asUintN(64, -value) : value), unit }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1000, sec: 1000, secs: 1000, ms: 1, msec: 1, msecs: 1 }

/** A number rounded up, in an unsigned int as compilers for x86-64 put it there: of too large a one the lower half, or nothing. */
function roundedUp(amount: number): number {
  const whole = amount < 2 ** 63 ? Number(BigInt.asUintN(32, BigInt(Math.trunc(amount)))) : 0
  return (whole < amount ? whole + 1 : whole) >>> 0
}

/** A time such as `200ms` or `1.5s`, in milliseconds rounded up; a bare number is in the unit that the kernel keeps. */
function time(name: string, unitsPerMillisecond: number): Reader<number> {
  return {
    hint: 'TIME',
    read({ current }) {
      const { amount = 0, unit = 'none' } = amountIn(current) ?? {}
      if (!Object.hasOwn(UNITS, unit)) throw wrong(current, `"${name}" value is invalid\n`)
      const value = roundedUp(amount * UNITS[unit]!)
      return unit === '' ? value : Math.imul(value, unitsPerMillisecond) >>> 0
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
    const shown = milliseconds >= 1000 ? `${general(milliseconds / 1000).literal}s` : `${milliseconds}ms`
    printer.field(word, milliseconds, '% ', { as: shown })
  } else printer.field(word, value, '% ')
}

function printFeatures(features: readonly (string | number)[], printer: Printer): void {
  if (features.includes('ecn')) printer.field('ecn', null, 'ecn ')
}
