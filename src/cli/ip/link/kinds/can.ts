import { CommandFailure, choice, type Keyword, onOff, type Reader, u16, u32, wrong } from '../../../grammar/index.ts'
import { decided } from './bit-names.ts'
import { canFields } from './can-fields.ts'
import { showCanStatistics } from './can-statistics.ts'
import type { InputOf } from './data.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'

const usage = `Usage: ip link set DEVICE type can
	[ bitrate BITRATE [ sample-point SAMPLE-POINT] ] |
	[ tq TQ prop-seg PROP_SEG phase-seg1 PHASE-SEG1
 	  phase-seg2 PHASE-SEG2 [ sjw SJW ] ]

	[ dbitrate BITRATE [ dsample-point SAMPLE-POINT] ] |
	[ dtq TQ dprop-seg PROP_SEG dphase-seg1 PHASE-SEG1
 	  dphase-seg2 PHASE-SEG2 [ dsjw SJW ] ]
	[ tdcv TDCV tdco TDCO tdcf TDCF ]

	[ loopback { on | off } ]
	[ listen-only { on | off } ]
	[ triple-sampling { on | off } ]
	[ one-shot { on | off } ]
	[ berr-reporting { on | off } ]
	[ fd { on | off } ]
	[ fd-non-iso { on | off } ]
	[ presume-ack { on | off } ]
	[ cc-len8-dlc { on | off } ]
	[ tdc-mode { auto | manual | off } ]

	[ restart-ms TIME-MS ]
	[ restart ]

	[ termination { 0..65535 } ]

	Where: BITRATE	:= { NUMBER in bps }
		  SAMPLE-POINT	:= { 0.000..0.999 }
		  TQ		:= { NUMBER in ns }
		  PROP-SEG	:= { NUMBER in tq }
		  PHASE-SEG1	:= { NUMBER in tq }
		  PHASE-SEG2	:= { NUMBER in tq }
		  SJW		:= { NUMBER in tq }
		  TDCV		:= { NUMBER in tc }
		  TDCO		:= { NUMBER in tc }
		  TDCF		:= { NUMBER in tc }
		  RESTART-MS	:= { 0 | NUMBER in ms }`

type Input = InputOf<'can'>
type Timing = NonNullable<Input['bittiming']>
type Mode = Exclude<NonNullable<Exclude<NonNullable<Input['ctrlmode']>['flags'], number>>[number], number>
type Which = 'bittiming' | 'dataBittiming'

const { option, flag } = kindRows<Input>()

const number = (name: string) => u32(`invalid "${name}" value\n`)

/** A share of the bit, in thousandths. */
const samplePoint = (name: string): Reader<number> => ({
  hint: 'SAMPLE-POINT',
  read({ current }) {
    if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(current)) throw wrong(current, `invalid "${name}" value\n`)
    return Math.trunc(Math.fround(Math.fround(Number(current)) * 1000)) >>> 0
  },
})

/** The options of one of the two timings, which differ by a "d" in front. */
function timings(which: Which, prefix: '' | 'd'): readonly Keyword<KindDraft<Input>>[] {
  const put = (notation: string, reader: (name: string) => Reader<number>, key: keyof Timing) =>
    option(`${prefix}${notation}*`, reader(`${prefix}${notation}`), ({ request }, value) => {
      request[which] = { ...request[which], [key]: value }
    })
  return [
    put('bitrate', number, 'bitrate'),
    put('sample-point', samplePoint, 'samplePoint'),
    put('tq', number, 'tq'),
    put('prop-seg', number, 'propSeg'),
    put('phase-seg1', number, 'phaseSeg1'),
    put('phase-seg2', number, 'phaseSeg2'),
    put('sjw', number, 'sjw'),
  ]
}

const compensation = (name: 'tdcv' | 'tdco' | 'tdcf') =>
  option(`${name}*`, number(name), ({ request }, value) => {
    request.tdc = { ...request.tdc, [name]: value }
  })

function decide(request: Input, mode: Mode, on: boolean): void {
  const { value, mask } = decided(request.ctrlmode?.flags, request.ctrlmode?.mask, mode, on)
  request.ctrlmode = { mask, flags: value }
}

const switched = (mode: Mode) => option(`${mode}*`, onOffOr255(mode), ({ request }, on) => decide(request, mode, on))

/** As iproute2 ends here. */
function onOffOr255(name: string): Reader<boolean> {
  const { hint, choices, read } = onOff(name)
  return {
    hint,
    choices,
    read(words, draft) {
      try {
        return read(words, draft)
      } catch (error) {
        throw error instanceof CommandFailure ? new CommandFailure(error.message, 255) : error
      }
    },
  }
}

const compensationMode = choice({ auto: 'auto', manual: 'manual', off: 'off' } as const, (word) => {
  const why = `Error: argument of "tdc-mode" must be "auto", "manual" or "off", not "${word}"`
  return new CommandFailure(why, 255)
})

/** A timing without bit rate and quantum says nothing. */
const said = (timing: Timing | undefined) => (timing?.bitrate || timing?.tq ? timing : undefined)

export const can = linkKind<Input>('can', () => ({
  usage,
  unknown: (word) => `can: unknown option "${word}"`,
  keywords: [
    ...timings('bittiming', ''),
    ...timings('dataBittiming', 'd'),
    compensation('tdcv'),
    compensation('tdco'),
    compensation('tdcf'),
    switched('loopback'),
    switched('listen-only'),
    switched('triple-sampling'),
    switched('one-shot'),
    switched('berr-reporting'),
    switched('fd'),
    switched('fd-non-iso'),
    switched('presume-ack'),
    switched('cc-len8-dlc'),
    option('tdc-mode*', compensationMode, ({ request }, mode) => {
      if (mode !== 'off') decide(request, `tdc-${mode}`, true)
      else for (const each of ['tdc-auto', 'tdc-manual'] as const) decide(request, each, false)
    }),
    flag('restart*', 'restart', 1),
    option('restart-ms*', number('restart-ms'), 'restartMs'),
    option('termination*', u16('invalid "termination" value\n'), 'termination'),
  ],
  send: (request) => ({ ...request, bittiming: said(request.bittiming), dataBittiming: said(request.dataBittiming) }),
  print: canFields,
  printCounters: showCanStatistics,
}))
