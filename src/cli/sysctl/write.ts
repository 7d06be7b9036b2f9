import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs'
import { ROOT, separated } from './key.ts'
import { isUnderRoot } from './read.ts'
import { attempt, type Tool, words } from './tool.ts'

/** What a line `key = value` says. */
export interface Setting {
  readonly path: string
  /** Undefined for `-key`: what a pattern among the other settings matches is not to be set. */
  readonly value: string | undefined
  /** `-key = value`: that it cannot be set is no failure. */
  readonly lenient: boolean
}

/** Reads `key = value`, with its line end where it has one; undefined for a comment, for what is not asked for, and for what makes no sense, which is complained of. */
export function readSetting(line: string, where: string, tool: Tool): Setting | undefined {
  const text = line.trimStart()
  if (text.length < 2 || /^[#;]/.test(text) || !tool.wishes.matches(text)) return undefined
  const equals = text.indexOf('=')
  const marked = text.startsWith('-')
  if (equals < 0 && !marked) {
    tool.complain(`${where}: invalid syntax, continuing...`)
    return undefined
  }
  const key = text.slice(marked ? 1 : 0, equals < 0 ? undefined : equals).trimEnd()
  return {
    path: ROOT + separated(key.replace(/^-/, ''), '/', tool.complain),
    value: equals < 0 ? undefined : text.slice(equals + 1).trim(),
    lenient: marked && equals >= 0,
  }
}

/** Sets a parameter and shows it. Returns the exit status. */
export function set({ path, value, lenient }: Setting, tool: Tool): number {
  const { wishes, complain } = tool
  const found = attempt(() => statSync(path))
  if (found.error !== undefined) {
    if (wishes.ignore) return 0
    complain(`cannot stat ${path}: ${words(found.error)}`)
    return 1
  }
  if (!isUnderRoot(path, tool)) return 1
  const key = separated(path.slice(ROOT.length), '.', complain)
  // What nobody may write: procps has its words for it, and succeeds.
  if ((found.result.mode & 0o200) === 0 || found.result.isDirectory()) {
    complain(`setting key "${key}": Invalid argument`)
    return 0
  }
  // Where a pattern excludes what it would set, there is nothing to set.
  if (value === undefined) return 0
  const status = wishes.dryRun ? 0 : put(path, value, key, lenient, tool)
  if ((status === 0 && !wishes.quiet) || wishes.dryRun) {
    const bare = wishes.names || wishes.values
    tool.write(`${bare ? '' : `${key} = `}${value}${wishes.binary && !wishes.names ? '' : '\n'}`)
  }
  return status
}

function put(path: string, value: string, key: string, lenient: boolean, { wishes, complain }: Tool): number {
  const ignoring = lenient ? ', ignoring' : ''
  const opened = attempt(() => openSync(path, constants.O_WRONLY))
  if (opened.error !== undefined) {
    const { code } = opened.error
    if (code === 'ENOENT' && wishes.ignore) return 0
    if (code === 'ENOENT') complain(`"${key}" is an unknown key${ignoring}`)
    else if (code === 'EPERM' || code === 'EROFS' || code === 'EACCES') {
      complain(`permission denied on key "${key}"${ignoring}`)
    } else complain(`setting key "${key}"${ignoring}: ${words(opened.error)}`)
    return lenient ? 0 : 1
  }
  const written = attempt(() => writeSync(opened.result, `${value}\n`))
  closeSync(opened.result)
  if (written.error === undefined) return 0
  complain(`setting key "${key}": ${words(written.error)}`)
  return 1
}
