import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { InvalidNamespaceNameError, NotANamespaceError } from '../../netns/index.ts'
import { arrange, drawDot, drawMermaid, drawSvg, drawText, readTopology, type Topology } from '../../topology/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'

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

const USAGE = `Usage: ipts topology [ --format { text | svg | mermaid | dot | json } ] [ --output FILE ] [ --all ] [ NAME... ]

  Draws this host and its named network namespaces: namespaces as boxes, veth pairs as wires, bridges as switches.

  NAME      draws these namespaces and the host, in place of all
  --format  text unless told; the others are for files and other programs
  --output  writes to a file; -o for short
  --all     shows loopback, and addresses that the kernel makes by itself, too
`

/** `ipts topology`: a picture of the network. */
export const main = ownCommand({
  name: 'topology',
  usage: USAGE,
  options: {
    format: { type: 'string', default: 'text' },
    output: { type: 'string', short: 'o' },
    all: { type: 'boolean', default: false },
  },
  foresees: (error): error is Error =>
    error instanceof NotANamespaceError ||
    error instanceof InvalidNamespaceNameError ||
    (error as NodeJS.ErrnoException).path !== undefined,
  async run({ format, output, all }, names, out) {
    if (!Object.hasOwn(FORMATS, format)) {
      throw new UsageError(`unknown format "${format}": expected ${Object.keys(FORMATS).join(', ')}`)
    }
    const topology = await readTopology({ all, ...(names.length > 0 && { names }) })
    const colours = output === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR
    const drawing = FORMATS[format]!(topology, colours)
    if (output === undefined) out.write(drawing)
    else writeFileSync(output, drawing)
    return 0
  },
})
