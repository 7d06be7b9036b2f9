import { CommandFailure, choice } from '../../../grammar/index.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields } from './fields.ts'
import { kindRows, type LinkKind, linkKind } from './kind.ts'

const usageOf = (name: string) => `Usage: ... ${name} [ mode MODE ] [ FLAGS ]

MODE: l3 | l3s | l2
FLAGS: bridge | private | vepa
(first values are the defaults if nothing is specified).`

type Input = InputOf<'ipvlan'>
type Ipvlan = DataOf<'ipvlan'>

const { option, flag } = kindRows<Input>()
const { when } = fields<Ipvlan>()

const mode = choice({ l2: 'l2', l3: 'l3', l3s: 'l3s' } as const, () => {
  return new CommandFailure('Error: argument of "mode" must be either "l2", "l3" or "l3s"', 1)
})

function kind(name: 'ipvlan' | 'ipvtap'): LinkKind {
  const usage = usageOf(name)
  // One of the three may be given; another one is an unknown option.
  const separation = (word: 'private' | 'vepa' | 'bridge') =>
    flag(`${word}*`, ({ request }, words) => {
      if (request.flags !== undefined) {
        throw new CommandFailure(`${name}: unknown option "${words.current}"?\n${usage}`, 1)
      }
      request.flags = word === 'bridge' ? [] : [word]
    })
  return linkKind<Input>(name, () => ({
    usage,
    unknown: 'option',
    keywords: [option('mode*', mode, 'mode'), separation('private'), separation('vepa'), separation('bridge')],
    finish({ request }) {
      request.flags ??= []
    },
    print: [
      when('mode', (value, printer) =>
        printer.field('mode', typeof value === 'string' ? value : 'unknown', ' mode % '),
      ),
      when('flags', (flags, printer) => {
        const word = flags.includes('private') ? 'private' : flags.includes('vepa') ? 'vepa' : 'bridge'
        printer.field(word, true, `${word} `)
      }),
    ],
  }))
}

export const ipvlan = kind('ipvlan')
export const ipvtap = kind('ipvtap')
