import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { NotANamespaceError } from '../../netns/index.ts'
import { arrange, drawDot, drawMermaid, drawSvg, drawText, readTopology, type Topology } from '../../topology/index.ts'
import { openOutput } from '../print/index.ts'

const FORMATS: Readonly<Record<string, (topology: Topology, colours: boolean) => string>> = {
  text: (topology, colours) => {
    const dim = (text: string) => (colours ? `\u001b[2m${text}\u001b[22m` : text)
    return drawText(arrange(topology), { dim })
  },
  svg: (topology) => drawSvg(arrange(topology)),
  mermaid: drawMermaid,
  dot: drawDot,
  json: (topology) => `${JSON.stringify(topology)}\n`,
}

const USAGE = `Usage: ipts topology [ --format { text | svg | mermaid | dot | json } ] [ -o FILE ] [ --all ] [ NAME... ]

  Draws this host and its named network namespaces: namespaces as boxes, veth pairs as wires, bridges as switches.

  NAME      draws these namespaces and the host, in place of all
  --format  text unless told; the others are for files and other programs
  -o FILE   writes to a file
  --all     shows loopback, and addresses that the kernel makes by itself, too
`

class UsageError extends Error {}

interface Options {
  readonly format: string
  readonly file: string | undefined
  readonly all: boolean
  readonly names: readonly string[]
}

/** `ipts topology`: a picture of the network. Resolves to the exit status: 1 where something cannot be read or written, 255 for words without sense. */
export async function main(argv: readonly string[]): Promise<number> {
  const out = openOutput(1)
  try {
    const { format, file, all, names } = parse(argv)
    const topology = await readTopology({ all, ...(names.length > 0 && { names }) })
    const colours = file === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR
    const drawing = FORMATS[format]!(topology, colours)
    if (file === undefined) out.write(drawing)
    else writeFileSync(file, drawing)
    return 0
  } catch (error) {
    if (error instanceof UsageError && error.message === '') {
      out.write(USAGE)
      return 0
    }
    if (error instanceof UsageError) {
      process.stderr.write(`ipts topology: ${error.message}\n${USAGE}`)
      return 255
    }
    const { path } = error as NodeJS.ErrnoException
    if (!(error instanceof NotANamespaceError || path !== undefined)) throw error
    process.stderr.write(`ipts topology: ${(error as Error).message}\n`)
    return 1
  } finally {
    out.flush()
  }
}

function parse(argv: readonly string[]): Options {
  let format = 'text'
  let file: string | undefined
  let all = false
  const names: string[] = []
  const words = [...argv]
  const value = (option: string) => {
    const next = words.shift()
    if (next === undefined) throw new UsageError(`${option} needs a value`)
    return next
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'help' || word === '--help' || word === '-h') throw new UsageError('')
    else if (word === '--format') format = value(word)
    else if (word.startsWith('--format=')) format = word.slice('--format='.length)
    else if (word === '-o') file = value(word)
    else if (word === '--all') all = true
    else if (word.startsWith('-')) throw new UsageError(`unknown option ${word}`)
    else names.push(word)
  }
  if (!Object.hasOwn(FORMATS, format)) {
    throw new UsageError(`unknown format "${format}": expected ${Object.keys(FORMATS).join(', ')}`)
  }
  return { format, file, all, names }
}
