import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** The one file that all names are links to. The extension says CommonJS, whatever package.json is above the directory. */
const LAUNCHER = 'ipts.cjs'
const MARK = '// Written by ipts shims: the links to this file are tools, told apart by their names.'

/** The directory holds something else under one of the names; nothing was changed. */
export class ForeignFileError extends Error {
  readonly code = 'ERR_FOREIGN_FILE'
  override readonly name = 'ForeignFileError'
}

export interface Started {
  /** The absolute path of node: a `#!` line is found without PATH. */
  readonly node: string
  /** The absolute path of the program, CommonJS. */
  readonly program: string
}

/**
 * Writes a launcher and a link to it for each name, into `directory`, which is made where there is none. Node keeps the link's name in
 * `process.argv[1]`, and that says which tool it is.
 * @throws ForeignFileError before anything is changed; RangeError for a path of node that no `#!` line can have
 */
export function writeShims(directory: string, names: readonly string[], { node, program }: Started): void {
  // binfmt_script(5): the path ends at a blank, and the line at 255 bytes.
  if (/\s/.test(node) || Buffer.byteLength(node) > 250) throw new RangeError(`${node} cannot stand in a #! line`)
  for (const name of [...names, LAUNCHER]) {
    const path = join(directory, name)
    if (isThere(path) && !isOwn(directory, name)) throw new ForeignFileError(`${path} is not a shim: it is left alone`)
  }
  mkdirSync(directory, { recursive: true })
  // By renaming: a tool that is started meanwhile finds the old launcher or the new one.
  const fresh = join(directory, `.${LAUNCHER}.${process.pid}`)
  writeFileSync(fresh, `#!${node}\n${MARK}\nrequire(${JSON.stringify(program)})\n`, { mode: 0o755, flag: 'wx' })
  renameSync(fresh, join(directory, LAUNCHER))
  for (const name of names) {
    if (!isThere(join(directory, name))) symlinkSync(LAUNCHER, join(directory, name))
  }
}

/** Takes away the links of these names, and the launcher after the last of all links. What is not there or not a shim stays. */
export function removeShims(directory: string, names: readonly string[]): void {
  for (const name of names) if (isOwn(directory, name)) unlinkSync(join(directory, name))
  const others = readdirSync(directory).filter((name) => name !== LAUNCHER && isOwn(directory, name))
  if (others.length === 0 && isOwn(directory, LAUNCHER)) unlinkSync(join(directory, LAUNCHER))
}

function isOwn(directory: string, name: string): boolean {
  const path = join(directory, name)
  try {
    return name === LAUNCHER ? readFileSync(path, 'utf8').split('\n')[1] === MARK : readlinkSync(path) === LAUNCHER
  } catch {
    return false
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
