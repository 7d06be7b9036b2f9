import { opendirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { ROOT, separated } from './key.ts'
import { attempt, type Tool, words } from './tool.ts'

const DEPRECATED = ['base_reachable_time', 'retrans_time']

/** Whether a path, once all links and dots in it are followed, is a parameter's. */
export function isUnderRoot(path: string, tool: Tool): boolean {
  const real = attempt(() => realpathSync.native(path))
  if (real.error !== undefined) return false
  if (real.result.startsWith(ROOT)) return true
  tool.complain(`Path is not under ${ROOT}: ${path}`)
  return false
}

/** Shows one parameter, or all below a directory. Returns the exit status. */
export function show(name: string, tool: Tool): number {
  const { wishes, complain } = tool
  if (name === '') {
    complain('"" is an unknown key')
    return -1
  }
  const key = separated(name, '.', complain)
  const path = ROOT + separated(name, '/', complain)
  // procps makes the name twice, and complains each time.
  separated(name, '.', complain)
  const found = attempt(() => statSync(path))
  if (found.error !== undefined) {
    if (wishes.ignore) return 0
    complain(`cannot stat ${path}: ${words(found.error)}`)
    return 1
  }
  if ((found.result.mode & 0o400) === 0) return 0
  if (!isUnderRoot(path, tool)) return -1
  if (found.result.isDirectory()) return showAll(`${path}/`, tool)
  if (!wishes.matches(key)) return 0
  if (wishes.names) {
    tool.write(`${key}\n`)
    return 0
  }
  return showValue(key, path, tool)
}

function showValue(key: string, path: string, { wishes, write, complain }: Tool): number {
  const read = attempt(() => readFileSync(path, 'utf8'))
  if (read.error !== undefined) {
    const { code } = read.error
    if (code === 'EACCES') complain(`permission denied on key '${key}'`)
    // A secret that has not been set (net.ipv6.conf.*.stable_secret) is not worth a word.
    else if (code !== 'EIO') complain(`reading key "${key}": ${words(read.error)}`)
    return 1
  }
  // Some parameters are texts of several lines (dev.cdrom.info).
  for (const line of read.result.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (!wishes.values) write(`${key} = ${line}${line.endsWith('\n') ? '' : '\n'}`)
    else write(wishes.binary ? line.replace('\n', '') : line)
  }
  return 0
}

/** Shows all parameters below a directory, which ends in a slash, in the order in which the kernel lists them. */
export function showAll(directory: string, tool: Tool): number {
  const opened = attempt(() => opendirSync(directory))
  if (opened.error !== undefined) {
    tool.complain(`unable to open directory "${directory}"`)
    return 1
  }
  let status = 0
  const entries = opened.result
  for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
    if (!tool.wishes.deprecated && DEPRECATED.includes(entry.name)) continue
    const path = directory + entry.name
    const found = attempt(() => statSync(path))
    if (found.error !== undefined) tool.complain(`cannot stat ${path}: ${words(found.error)}`)
    else if (found.result.isDirectory()) showAll(`${path}/`, tool)
    else status |= show(path.slice(ROOT.length), tool)
  }
  entries.closeSync()
  return status
}
