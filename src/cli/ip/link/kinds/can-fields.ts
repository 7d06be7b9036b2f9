import type { Printer } from '../../../print/index.ts'
import { namesIn } from './bit-names.ts'
import type { DataOf } from './data.ts'
import { fields } from './fields.ts'
import type { KindField } from './kind.ts'

type Can = DataOf<'can'>
type Timing = NonNullable<Can['bittiming']>
type Limits = NonNullable<Can['bittimingConst']>
type Compensation = NonNullable<Can['tdc']>

const { when } = fields<Can>()

const MODES = [
  'loopback',
  'listen-only',
  'triple-sampling',
  'one-shot',
  'berr-reporting',
  'fd',
  'fd-non-iso',
  'presume-ack',
  'cc-len8-dlc',
  'tdc-auto',
  'tdc-manual',
]

function indent(printer: Printer): void {
  printer.newLine()
  printer.text('\t ')
}

function showModes(name: string, modes: readonly (string | number)[], printer: Printer): void {
  const known = MODES.filter((mode) => modes.includes(mode)).map((mode) => mode.toUpperCase())
  const words = [...known, ...modes.filter((mode) => typeof mode === 'number').map((mode) => mode.toString(16))]
  if (words.length === 0) return
  printer.array(
    name,
    () => {
      for (const [i, word] of words.entries()) printer.item(word, i < words.length - 1 ? '%,' : '%')
    },
    '<',
    '> ',
  )
}

/** One of the two timings; the words of the other begin with a "d". */
function showTiming(name: string, prefix: '' | 'd', timing: Timing, printer: Printer, more?: () => void): void {
  printer.object(name, () => {
    indent(printer)
    printer.field('bitrate', timing.bitrate, ` ${prefix}bitrate %`)
    printer.field('sample_point', (timing.samplePoint / 1000).toFixed(3), ` ${prefix}sample-point %`)
    indent(printer)
    printer.field('tq', timing.tq, ` ${prefix}tq %`)
    printer.field('prop_seg', timing.propSeg, ` ${prefix}prop-seg %`)
    printer.field('phase_seg1', timing.phaseSeg1, ` ${prefix}phase-seg1 %`)
    printer.field('phase_seg2', timing.phaseSeg2, ` ${prefix}phase-seg2 %`)
    printer.field('sjw', timing.sjw, ` ${prefix}sjw %`)
    printer.field('brp', timing.brp, ` ${prefix}brp %`)
    more?.()
  })
}

function showRange(name: string, words: string, least: number, most: number, printer: Printer): void {
  printer.text(words)
  printer.object(name, () => {
    printer.field('min', least, ' %')
    printer.field('max', most, '..%')
  })
}

function showLimits(name: string, prefix: '' | 'd', limits: Limits, printer: Printer, more?: () => void): void {
  printer.object(name, () => {
    indent(printer)
    printer.field('name', new TextDecoder().decode(limits.name).replace(/\0.*/s, ''), ' %:')
    showRange('tseg1', ` ${prefix}tseg1`, limits.tseg1Min, limits.tseg1Max, printer)
    showRange('tseg2', ` ${prefix}tseg2`, limits.tseg2Min, limits.tseg2Max, printer)
    showRange('sjw', ` ${prefix}sjw`, 1, limits.sjwMax, printer)
    showRange('brp', ` ${prefix}brp`, limits.brpMin, limits.brpMax, printer)
    printer.field('brp_inc', limits.brpInc, ` ${prefix}brp_inc %`)
    more?.()
  })
}

function showCompensation(tdc: Compensation, printer: Printer): void {
  const keys = (['tdcv', 'tdco', 'tdcf'] as const).filter((key) => tdc[key] !== undefined)
  if (keys.length === 0) return
  printer.object('tdc', () => {
    indent(printer)
    for (const key of keys) printer.field(key, tdc[key]!, ` ${key} %`)
  })
}

function showCompensationLimits(tdc: Compensation, printer: Printer): void {
  printer.object('tdc', () => {
    indent(printer)
    for (const key of ['tdcv', 'tdco', 'tdcf'] as const) {
      const [least, most] = [tdc[`${key}Min`], tdc[`${key}Max`]]
      if (least !== undefined && most !== undefined) showRange(key, ` ${key}`, least, most, printer)
    }
  })
}

const PER_LINE = 6

/** The bit rates that hardware has, where it has no others; the present one first. */
function showRates(name: string, prefix: '' | 'd', now: number, rates: readonly number[], printer: Printer): void {
  indent(printer)
  printer.field(name.replace('bitrate_const', 'bittiming_bitrate'), now, ` ${prefix}bitrate %`)
  indent(printer)
  printer.array(
    name,
    () => {
      for (const [i, rate] of rates.entries()) {
        if (i > 0 && i % PER_LINE === 0) {
          indent(printer)
          printer.text('     ')
        }
        printer.item(rate, i < rates.length - 1 ? '%8, ' : '%8')
      }
    },
    '    [',
    ' ]',
  )
}

/** What `-d` shows of a CAN controller. */
export const canFields: readonly KindField<Can>[] = [
  when('ctrlmode', ({ flags }, printer, _session, { ctrlmodeExt }) => {
    showModes('ctrlmode', flags, printer)
    const supported = ctrlmodeExt?.supported
    if (supported === undefined || !printer.json) return
    showModes('ctrlmode_supported', supported, printer)
    showModes(
      'ctrlmode_static',
      flags.filter((mode) => !namesIn(supported).includes(mode)),
      printer,
    )
  }),
  when('state', (state, printer) => {
    printer.field('state', typeof state === 'string' ? state.toUpperCase() : 'UNKNOWN', 'state % ')
  }),
  when('berrCounter', ({ txerr, rxerr }, printer) => {
    printer.object('berr_counter', () => {
      printer.field('tx', txerr, '(berr-counter tx %')
      printer.field('rx', rxerr, ' rx %) ')
    })
  }),
  when('restartMs', (time, printer) => printer.field('restart_ms', time, 'restart-ms % ')),
  when('bittiming', (timing, printer, _session, { bitrateConst }) => {
    if (bitrateConst === undefined) showTiming('bittiming', '', timing, printer)
  }),
  when('bittimingConst', (limits, printer, _session, { bitrateConst }) => {
    if (bitrateConst === undefined) showLimits('bittiming_const', '', limits, printer)
  }),
  when('bitrateConst', (rates, printer, _session, { bittiming }) => {
    showRates('bitrate_const', '', bittiming?.bitrate ?? 0, rates, printer)
  }),
  when('dataBittiming', (timing, printer, _session, { dataBitrateConst, tdc }) => {
    if (dataBitrateConst !== undefined) return
    showTiming('data_bittiming', 'd', timing, printer, () => {
      if (tdc !== undefined) showCompensation(tdc, printer)
    })
  }),
  when('dataBittimingConst', (limits, printer, _session, { dataBitrateConst, tdc }) => {
    if (dataBitrateConst !== undefined) return
    showLimits('data_bittiming_const', 'd', limits, printer, () => {
      if (tdc !== undefined) showCompensationLimits(tdc, printer)
    })
  }),
  when('dataBitrateConst', (rates, printer, _session, { dataBittiming }) => {
    showRates('data_bitrate_const', 'd', dataBittiming?.bitrate ?? 0, rates, printer)
  }),
  when('terminationConst', (choices, printer, _session, { termination }) => {
    if (termination === undefined) return
    indent(printer)
    printer.field('termination', termination, ' termination % [ ')
    printer.array(
      'termination_const',
      () => {
        for (const [i, ohms] of choices.entries()) printer.item(ohms, i < choices.length - 1 ? '%, ' : '%')
      },
      '',
      ' ]',
    )
  }),
  when('clock', ({ freq }, printer) => {
    indent(printer)
    printer.field('clock', freq, ' clock % ')
  }),
]
