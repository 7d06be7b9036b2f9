import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { integer } from '../values.ts'

/** How the time between two packets is counted: parts of a second. */
export const SCALE = 10000
const DEFAULT_BURST = 5
const UNITS = [
  { word: 'day', seconds: 86400 },
  { word: 'hour', seconds: 3600 },
  { word: 'min', seconds: 60 },
  { word: 'sec', seconds: 1 },
] as const
const WORDS = { second: 1, minute: 60, hour: 3600, day: 86400 } as const

/** A time between packets as so many in a unit: the smallest unit in which that is nearly whole. */
export function rateOf(average: number): { readonly rate: number; readonly word: string; readonly seconds: number } {
  let unit: (typeof UNITS)[number] = UNITS[0]
  for (const next of UNITS.slice(1)) {
    const length = next.seconds * SCALE
    if (average > length || Math.floor(length / average) < length % average) break
    unit = next
  }
  return { rate: Math.floor((unit.seconds * SCALE) / average), ...unit }
}

function averageOf(text: string): number | undefined {
  const [number = '', unit] = [text.split('/')[0], text.includes('/') ? text.slice(text.indexOf('/') + 1) : 'second']
  const word = Object.keys(WORDS).find((name) => unit !== '' && name.startsWith(unit.toLowerCase()))
  // As an unsigned number of 32 bits: what is below zero is a very high rate.
  const rate = Number.parseInt(number, 10) >>> 0
  if (word === undefined || rate === 0) return undefined
  const average = Math.floor((SCALE * WORDS[word as keyof typeof WORDS]) / rate)
  if (average === 0) throw new IptablesError(`Rate too fast "${text}"`)
  return average
}

function shown(average: number): string {
  if (average === 0) return ' inf'
  const { rate, word } = rateOf(average)
  return ` ${rate}/${word}`
}

export const limit = extension({
  name: 'limit',
  revision: 0,
  codec: xtables.matches.limit[0],
  compared: 8,
  initially: { average: averageOf('3/hour')!, burst: DEFAULT_BURST },
  options: [
    {
      names: ['limit'],
      read({ info, value }) {
        const average = averageOf(value)
        if (average === undefined) throw new IptablesError(`bad rate "${value}"'`)
        info.average = average
      },
    },
    {
      names: ['limit-burst'],
      read({ info, value, asked }) {
        info.burst = integer(value, 0, 10000, asked)
      },
    },
  ],
  save: ({ average, burst }) => ` --limit${shown(average)}${burst === DEFAULT_BURST ? '' : ` --limit-burst ${burst}`}`,
  list: ({ average, burst }) => ` limit: avg${shown(average)} burst ${burst}`,
  help: `limit match options:
--limit avg			max average match rate: default 3/hour
                                [Packets per second unless followed by 
                                /sec /minute /hour /day postfixes]
--limit-burst number		number to match in a burst, default ${DEFAULT_BURST}
`,
})
