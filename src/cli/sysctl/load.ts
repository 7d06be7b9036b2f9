import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { attempt, type Tool, words } from './tool.ts'
import { readSetting, type Setting, set } from './write.ts'

const DEFAULT_FILE = '/etc/sysctl.conf'
// sysctl(8), --system: the first directory that has a file of some name wins.
const DIRECTORIES = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d']

/** Sets what files say, of which `-` is standard input and none is /etc/sysctl.conf. Returns the exit status. */
export function load(files: readonly string[], tool: Tool): number {
  const settings: Setting[] = []
  let status = 0
  for (const file of files.length === 0 ? [DEFAULT_FILE] : files) status |= readFile(file, settings, tool)
  return status | setAll(settings, tool)
}

/** Sets what the files of the system's own directories say. */
export function loadSystem(tool: Tool): number {
  const files = new Map<string, string>()
  for (const directory of DIRECTORIES) {
    for (const name of existsSync(directory) ? readdirSync(directory) : []) {
      if (name.endsWith('.conf') && !files.has(name)) files.set(name, `${directory}/${name}`)
    }
  }
  const paths = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
  if (statSync(DEFAULT_FILE, { throwIfNoEntry: false })?.isFile()) paths.push(DEFAULT_FILE)
  const settings: Setting[] = []
  let status = 0
  for (const path of paths) {
    if (!tool.wishes.quiet) tool.write(`* Applying ${path} ...\n`)
    status |= readFile(path, settings, tool)
  }
  return status | setAll(settings, tool)
}

function readFile(file: string, settings: Setting[], tool: Tool): number {
  // The lines of all files that a pattern stands for are counted together.
  let count = 0
  for (const path of isPattern(file) ? expand(file, [file]) : [file]) {
    const read = attempt(() => readFileSync(path === '-' ? 0 : path, 'utf8'))
    if (read.error?.code === 'EISDIR') continue
    if (read.error !== undefined) {
      tool.complain(`cannot open "${path}": ${words(read.error)}`)
      return 1
    }
    for (const line of read.result.split(/(?<=\n)/)) {
      count++
      const setting = readSetting(line, `${path}(${count})`, tool)
      if (setting !== undefined) settings.push(setting)
    }
  }
  return 0
}

/** A setting whose key is a pattern is for all that no other setting names. */
function setAll(settings: readonly Setting[], tool: Tool): number {
  const named = new Set(settings.map(({ path }) => path))
  let status = 0
  for (const setting of settings) {
    if (setting.value === undefined) continue
    const paths = isPattern(setting.path) ? expand(setting.path, []).filter((path) => !named.has(path)) : [setting.path]
    for (const path of paths) status |= set({ ...setting, path }, tool)
  }
  return status
}

const isPattern = (path: string) => /[*?[]/.test(path)

/** The files that a glob(7) pattern stands for, sorted; `otherwise` where there is none. */
function expand(pattern: string, otherwise: string[]): string[] {
  let found = [pattern.startsWith('/') ? '/' : './']
  for (const [i, part] of pattern
    .split('/')
    .filter((part) => part !== '')
    .entries()) {
    const prefix = (directory: string) => (i === 0 && directory === './' ? '' : directory.replace(/\/?$/, '/'))
    const expression = isPattern(part) ? globExpression(part) : undefined
    found = found.flatMap((directory) => {
      if (expression === undefined) return [prefix(directory) + part].filter((path) => existsSync(path))
      const read = attempt(() => readdirSync(directory))
      if (read.error !== undefined) return []
      return read.result.filter((name) => expression.test(name)).map((name) => prefix(directory) + name)
    })
  }
  return found.length > 0 ? found : otherwise
}

function globExpression(part: string): RegExp {
  const body = part.replace(/\[!|[.+^${}()|\\]|\*|\?/g, (special) => {
    if (special === '*') return '[^/]*'
    if (special === '?') return '[^/]'
    return special === '[!' ? '[^' : `\\${special}`
  })
  // A leading dot is matched by a dot alone.
  return new RegExp(`^${/^[*?[]/.test(part) ? '(?!\\.)' : ''}${body}$`)
}
