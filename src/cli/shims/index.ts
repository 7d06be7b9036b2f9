import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { TOOLS } from '../applets.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { ForeignFileError, removeShims, type Started, writeShims } from './launcher.ts'

export { ForeignFileError, removeShims, type Started, writeShims } from './launcher.ts'

const USAGE = `Usage: ipts shims DIR [ NAME... ]
       ipts shims --remove DIR [ NAME... ]

  DIR       gets an entry for each tool that ipts stands for: put it first in PATH
  NAME      only these of: `

/** All names that ipts answers to. */
export function shimNames(): string[] {
  return ['ipts', 'ip', ...TOOLS.map(({ name }) => name)]
}

/** Those that `ipts shims DIR` makes: of a tool that ipts does a part of, the real one is left in its place. */
export function wholeShimNames(): string[] {
  return shimNames().filter((name) => !TOOLS.some((tool) => tool.name === name && tool.partial))
}

/** This very program, to be started again under another name. */
export function thisProgram(): Started {
  return { node: process.execPath, program: join(dirname(fileURLToPath(import.meta.url)), 'ipts.cjs') }
}

/** `ipts shims`: makes or removes the entries. The status is 1 when the directory does not allow it. */
export const main = ownCommand({
  name: 'shims',
  get usage() {
    return usage()
  },
  options: { remove: { type: 'boolean', default: false } },
  foresees: (error): error is Error =>
    error instanceof ForeignFileError ||
    error instanceof RangeError ||
    (error as NodeJS.ErrnoException).path !== undefined,
  async run({ remove }, [word, ...names]) {
    if (word === undefined) throw new UsageError('expected a directory')
    const all = shimNames()
    const unknown = names.find((name) => !all.includes(name))
    if (unknown !== undefined) throw new UsageError(`ipts does not stand for ${JSON.stringify(unknown)}`)
    const wanted = names.length > 0 ? names : remove ? all : wholeShimNames()
    const directory = resolve(word)
    if (!remove) writeShims(directory, wanted, thisProgram())
    else if (statSync(directory).isDirectory()) removeShims(directory, wanted)
    return 0
  },
})

function usage(): string {
  const partial = shimNames().filter((name) => !wholeShimNames().includes(name))
  const named = `            (to be named, as it does a part of the tool only: ${partial.join(' ')})\n`
  return `${USAGE}${shimNames().join(' ')}\n${named}  --remove  takes the entries away, and nothing else\n`
}
