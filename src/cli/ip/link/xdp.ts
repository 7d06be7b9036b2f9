import { type ProgramInfo, programInfo, SystemError } from '../../../libc/index.ts'
import type { link } from '../../../rtnl/index.ts'
import { CommandFailure, incomplete, type Keyword, type Reader, rows, spelled, spellings } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { LinkDraft } from './draft.ts'

type Xdp = NonNullable<link.Link['xdp']>
type XdpFlag = Exclude<NonNullable<Xdp['flags']>[number], number>

const { option } = rows<LinkDraft>()

/** Where a program runs, by the keyword that asks for it. */
const MODES: Readonly<Record<string, readonly XdpFlag[]>> = {
  xdpgeneric: ['skb'],
  xdpdrv: ['driver'],
  xdpoffload: ['hardware'],
  xdp: [],
}

/** The ways to say where a program is to be loaded from. */
const LOADERS = [{ spellings: spellings('object-file*|obj|object-pinned*|pinned*|fd*') }]

/** Only `off` and `none`, as the last word: programs are loaded by others, bpftool(8) among them. */
const program = (notation: string): Reader<'off', LinkDraft> => ({
  hint: 'off',
  choices: ['off', 'none'],
  read(words, { session, device }) {
    // Hardware is some device's: its name has to come before.
    const homeless = device === undefined || session.devices.index(device) === 0
    if (MODES[notation]!.includes('hardware') && homeless) throw incomplete()
    if (!words.hasNext && (words.current === 'off' || words.current === 'none')) return 'off'
    if (spelled(words.current, LOADERS) === undefined) throw new CommandFailure(`What mode is "${words.current}"?`, 255)
    words.next()
    throw new CommandFailure(`ipts: "${notation}" can take a program away and not load one.`, 1)
  },
})

export const xdpKeywords: readonly Keyword<LinkDraft>[] = Object.entries(MODES).map(([notation, mode]) =>
  option(notation, program(notation), ({ request, session }) => {
    request.xdp = { fd: -1, flags: session.options.force ? mode : ['update-if-noexist', ...mode] }
  }),
)

const WORDS: Readonly<Record<string, string>> = {
  driver: 'xdp',
  skb: 'xdpgeneric',
  hardware: 'xdpoffload',
  multi: 'xdpmulti',
}
/** Numbers of the ways to be attached, as JSON has them. */
const NUMBERS: Readonly<Record<string, number>> = { driver: 1, skb: 2, hardware: 3, multi: 4 }

const isAttached = (xdp: Xdp | undefined): xdp is Xdp => xdp?.attached !== undefined && xdp.attached !== 'none'

/** That a program sees the link's packets first; its number where that is not shown below. */
export function printXdp({ xdp }: link.Link, session: Session, asLink: boolean): void {
  const { printer } = session
  if (!isAttached(xdp)) return
  if (printer.json) {
    printXdpObject(xdp, session)
    return
  }
  printer.text(typeof xdp.attached === 'string' ? WORDS[xdp.attached]! : `xdp[${xdp.attached}]`)
  if (!asLink && xdp.progId) printer.text(`/id:${xdp.progId}`)
  printer.text(' ')
}

function printXdpObject(xdp: Xdp, session: Session): void {
  const { printer } = session
  const { attached = 0, progId, skbProgId, drvProgId, hwProgId } = xdp
  const number = (mode: string | number) => (typeof mode === 'number' ? mode : NUMBERS[mode]!)
  const programs: readonly (readonly [mode: number, id: number | undefined])[] = [
    [NUMBERS.skb!, skbProgId],
    [NUMBERS.driver!, drvProgId],
    [NUMBERS.hardware!, hwProgId],
  ]
  const each = programs.some(([, id]) => id !== undefined) ? programs : ([[number(attached), progId]] as const)
  printer.object('xdp', () => {
    printer.data('mode', number(attached))
    if (progId) printProgram(progId, session)
    printer.array('attached', () => {
      for (const [mode, id] of each) {
        if (id === undefined) continue
        printer.object(undefined, () => {
          printer.data('mode', mode)
          printProgram(id, session)
        })
      }
    })
  })
}

/** The programs, a line each. */
export function printXdpPrograms({ xdp }: link.Link, session: Session): void {
  const { printer } = session
  if (!isAttached(xdp) || printer.json) return
  const line = (where: string, id: number | undefined) => {
    if (!id) return
    printer.newLine()
    printer.text(`    prog/xdp${where} `)
    printProgram(id, session)
  }
  line('', xdp.progId)
  if (xdp.attached !== 'multi') return
  line('generic', xdp.skbProgId)
  line('drv', xdp.drvProgId)
  line('offload', xdp.hwProgId)
}

/** A program: its number, and what the kernel says of it to who may ask. */
function printProgram(id: number, { printer, options }: Session): void {
  printer.object('prog', () => {
    printer.field('id', id, 'id % ')
    const info = infoOf(id)
    if (info === undefined) return
    printer.field('name', info.name, 'name % ')
    printer.field('tag', info.tag, 'tag % ')
    printer.field('jited', Number(info.jited), info.jited ? 'jited ' : '')
    if (options.details === 0) return
    if (info.loadTime !== 0n) {
      printer.field('load_time', info.loadTime, 'load_time % ')
      printer.field('created_by_uid', info.uid, 'created_by_uid % ')
    }
    if (info.btfId !== 0) printer.field('btf_id', info.btfId, 'btf_id % ')
  })
}

function infoOf(id: number): ProgramInfo | undefined {
  try {
    return programInfo(id)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return undefined
  }
}
