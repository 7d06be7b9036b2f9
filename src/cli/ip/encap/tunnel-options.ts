import { route } from '../../../rtnl/index.ts'
import { cNumber, type Keyword, rows, text, u32, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { EncapData, EncapInput } from './kind.ts'
import type { EncapDraft } from './options.ts'

type Options = NonNullable<EncapInput<'ip'>['opts']>
type Geneve = NonNullable<Options['geneve']>[number]

interface WithOptions {
  opts?: Options
}

const { option } = rows<EncapDraft<WithOptions>>()
const once = { once: 'opts', early: true } as const

/** What errors show of a word that has been cut up in place. */
const cut = (word: string) => /^[^:,]*/.exec(word)?.[0] ?? ''

/** A part between colons; empty where it is left out. */
function part(word: string, most: number, fail: () => Error): number | undefined {
  if (word === '') return undefined
  const number = cNumber(word, 0, most)
  if (number === undefined) throw fail()
  return number
}

function geneveOption(word: string, fail: () => Error): Geneve {
  const [kind = '', type = '', data = ''] = word.split(':')
  if (!/^(?:[0-9a-f]{2})*$/i.test(data)) throw fail()
  return {
    class: part(kind, 0xffff, fail),
    type: part(type, 0xff, fail),
    data: data === '' ? undefined : Uint8Array.from(data.match(/../g)!, (pair) => Number.parseInt(pair, 16)),
  } as Geneve
}

/** What is carried for the tunnel's own protocol: only one of them at a time. */
export const tunnelOptions: readonly Keyword<EncapDraft<WithOptions>>[] = [
  option(
    'geneve_opts',
    text('CLASS:TYPE:DATA[,...]'),
    ({ request }, word) => {
      const fail = () => wrong(cut(word), '"geneve_opts" value is invalid\n')
      request.opts = { geneve: word.split(',').map((one) => geneveOption(one, fail)) }
    },
    once,
  ),
  option(
    'vxlan_opts',
    u32('"vxlan_opts" value is invalid\n'),
    ({ request }, gbp) => {
      request.opts = { vxlan: { gbp } }
    },
    once,
  ),
  option(
    'erspan_opts',
    text('VERSION:INDEX:DIRECTION:HARDWARE'),
    ({ request }, word) => {
      const fail = () => wrong(cut(word), '"erspan_opts" value is invalid\n')
      const [version = '', index = '', direction = '', hardware = ''] = word.split(':')
      request.opts = {
        erspan: {
          version: part(version, 0xff, fail),
          index: part(index, 0xffffffff, fail),
          direction: part(direction, 0xff, fail),
          hardwareId: part(hardware, 0xff, fail),
        },
      } as Options
    },
    once,
  ),
]

type Shown = NonNullable<EncapData<'ip'>['opts']>

export function printTunnelOptions({ geneve, vxlan, erspan }: Shown, { printer }: Session): void {
  const block = (name: string, members: (() => void)[]) => {
    printer.newLine()
    printer.text(`\t${name} `)
    printer.array(name, () => {
      for (const member of members) printer.object(undefined, member)
    })
  }
  if (geneve !== undefined) {
    const options = route.geneveOptions(geneve)
    const members = options.map((item, i) => () => {
      printer.field('class', item.class ?? 0, '%')
      printer.field('type', item.type ?? 0, ':%')
      const data = Buffer.from(item.data ?? new Uint8Array(0)).toString('hex')
      printer.field('data', data, i < options.length - 1 ? ':%,' : ':% ')
    })
    block('geneve_opts', members)
  } else if (vxlan !== undefined) {
    block('vxlan_opts', [() => printer.field('gbp', vxlan.gbp ?? 0, '% ')])
  } else if (erspan !== undefined) {
    const first = erspan.version === 1
    block('erspan_opts', [
      () => {
        printer.field('ver', erspan.version ?? 0, '%')
        printer.field('index', first ? (erspan.index ?? 0) : 0, ':%')
        printer.field('dir', first ? 0 : (erspan.direction ?? 0), ':%')
        printer.field('hwid', first ? 0 : (erspan.hardwareId ?? 0), ':% ')
      },
    ])
  }
}
