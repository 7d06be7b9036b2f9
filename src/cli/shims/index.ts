import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { TOOLS } from '../applets.ts'
import { openOutput } from '../print/index.ts'
import { ForeignFileError, removeShims, type Started, writeShims } from './launcher.ts'

export { ForeignFileError, removeShims, type Started, writeShims } from './launcher.ts'

const USAGE = `Usage: ipts shims DIR [ NAME... ]
       ipts shims --remove DIR [ NAME... ]

  DIR       gets an entry for each tool that ipts stands for: put it first in PATH
  NAME      only these of: `

class UsageError extends Error {}

/** All names that ipts answers to. */
export function shimNames(): string[] {
  return ['ipts', 'ip', ...TOOLS.map(({ name }) => name)]
}

/** This very program, to be started again under another name. */
export function thisProgram(): Started {
  return { node: process.execPath, program: join(dirname(fileURLToPath(import.meta.url)), 'ipts.cjs') }
}

/** `ipts shims`: makes or removes the entries. The status is 0, 1 when the directory does not allow it, 255 for words without sense. */
export async function main(argv: readonly string[]): Promise<number> {
  const out = openOutput(1)
  try {
    const { directory, names, remove } = parse(argv)
    if (remove) {
      if (statSync(directory).isDirectory()) removeShims(directory, names)
    } else {
      writeShims(directory, names, thisProgram())
    }
    return 0
  } catch (error) {
    if (error instanceof UsageError && error.message === '') {
      out.write(usage())
      out.flush()
      return 0
    }
    if (error instanceof UsageError) {
      process.stderr.write(`ipts shims: ${error.message}\n${usage()}`)
      return 255
    }
    const expected =
      error instanceof ForeignFileError ||
      error instanceof RangeError ||
      (error as NodeJS.ErrnoException).path !== undefined
    if (!expected) throw error
    process.stderr.write(`ipts shims: ${(error as Error).message}\n`)
    return 1
  }
}

function usage(): string {
  return `${USAGE}${shimNames().join(' ')}\n  --remove  takes the entries away, and nothing else\n`
}

function parse(argv: readonly string[]): { directory: string; names: string[]; remove: boolean } {
  const words = argv.filter((word) => word !== '--remove')
  if (words.some((word) => word === '--help' || word === '-h') || words[0] === 'help') throw new UsageError('')
  const odd = words.find((word) => word.startsWith('-'))
  if (odd !== undefined) throw new UsageError(`unknown option ${odd}`)
  const [directory, ...names] = words
  if (directory === undefined) throw new UsageError('expected a directory')
  const all = shimNames()
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new UsageError(`ipts does not stand for ${JSON.stringify(unknown)}`)
  return { directory: resolve(directory), names: names.length === 0 ? all : names, remove: argv.includes('--remove') }
}
