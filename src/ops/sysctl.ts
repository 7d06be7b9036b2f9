import { readdirSync } from 'node:fs'
import { InvalidValueError } from '../libc/index.ts'
import { asObject, checkRest } from '../netlink/index.ts'
import { isRefusal } from './missing.ts'
import type { Op } from './op.ts'
import { readIfThere, readValue, writeValue } from './sysctl-file.ts'
import { inNetns, inside, type NetnsTarget } from './target.ts'

/** What is no name of a kernel parameter. */
export class InvalidSysctlNameError extends Error {
  readonly code = 'ERR_INVALID_SYSCTL_NAME'
  override readonly name = 'InvalidSysctlNameError'
  /** The name that was refused. */
  readonly sysctl: string

  constructor(sysctl: string, why: string) {
    super(`invalid sysctl name ${JSON.stringify(sysctl)}: ${why}`)
    this.sysctl = sysctl
  }
}

/**
 * The file of a kernel parameter. As with sysctl(8), the first separator says which of the two it is; the other one then belongs to the
 * names: `net.ipv4.conf.eth0/100.forwarding` and `net/ipv4/conf/eth0.100/forwarding` are the same.
 * @throws InvalidSysctlNameError for what would lead elsewhere
 */
export function sysctlPath(name: string): string {
  const refuse = (why: string) => new InvalidSysctlNameError(name, why)
  const separator = /[./]/.exec(name)?.[0]
  if (separator === undefined) throw refuse('it has no group, such as net.ipv4')
  if (name.includes('\0')) throw refuse('it contains a NUL byte')
  const parts = name.split(separator)
  const names = separator === '.' ? parts.map((part) => part.replaceAll('/', '.')) : parts
  for (const part of names) {
    if (part === '') throw refuse('a part of it is empty')
    if (part === '.' || part === '..') throw refuse(`${JSON.stringify(part)} is no name`)
  }
  return `/proc/sys/${names.join('/')}`
}

export interface SysctlOptions {
  /** Whose parameter; the process's own unless told. What does not begin with `net` is the whole machine's. */
  readonly netns?: NetnsTarget
}

function netnsOf(options: SysctlOptions): NetnsTarget {
  const { netns, ...rest } = asObject(options)
  checkRest(rest)
  return netns
}

/**
 * Reads a kernel parameter, without the line's end.
 * @throws InvalidSysctlNameError, SystemError ('ENOENT' when there is none of that name)
 */
export function readSysctl(name: string, options: SysctlOptions = {}): string {
  const netns = netnsOf(options)
  const path = sysctlPath(name)
  return inside(netns, () => readValue(path))
}

/**
 * Sets a kernel parameter.
 * @throws InvalidSysctlNameError, InvalidValueError for a value of several lines
 * @throws SystemError 'ENOENT' when there is none of that name, 'EINVAL' for a value that it cannot have, 'EACCES', 'EROFS'
 */
export function writeSysctl(name: string, value: string | number, options: SysctlOptions = {}): void {
  const netns = netnsOf(options)
  const path = sysctlPath(name)
  const text = valueText(name, value)
  inside(netns, () => writeValue(path, text))
}

/** Sets a kernel parameter. Undone, it has the value that it had, and so have those that the kernel changes along with it. */
export function setSysctl(
  name: string,
  value: string | number,
  options: SysctlOptions = {},
): Op<ReadonlyMap<string, string>> {
  const netns = netnsOf(options)
  const path = sysctlPath(name)
  const text = valueText(name, value)
  return {
    summary: `set ${name} to ${text}${inNetns(netns)}`,
    async do() {
      return inside(netns, () => {
        const before = new Map([path, ...followers(path)].map((file) => [file, readValue(file)]))
        writeValue(path, text)
        return before
      })
    },
    async undo(before) {
      try {
        inside(netns, () => {
          for (const [file, old] of before) {
            const now = readIfThere(file)
            if (now !== undefined && now !== old) writeValue(file, old)
          }
        })
      } catch (error) {
        // The namespace is gone, and its parameters with it.
        if (!isRefusal(error, ['ENOENT'])) throw error
      }
    },
    async isDone() {
      // The kernel separates several numbers by tabs.
      const words = (line: string) => line.trim().split(/\s+/).join(' ')
      return inside(netns, () => words(readValue(path)) === words(text))
    },
  }
}

/**
 * Parameters that writing another one changes too: forwarding of a whole namespace is that of every link (net/ipv4/devinet.c,
 * inet_forward_change), and what is set for `all` of IPv6 is often set for each (net/ipv6/addrconf.c).
 */
function followers(path: string): string[] {
  const ipv4 = '/proc/sys/net/ipv4/conf'
  const ipv6 = '/proc/sys/net/ipv6/conf'
  if (path === '/proc/sys/net/ipv4/ip_forward' || path === `${ipv4}/all/forwarding`) {
    return [...ofEveryLink(ipv4, 'forwarding'), `${ipv4}/all/accept_redirects`]
  }
  const all = /^\/proc\/sys\/net\/ipv6\/conf\/all\/(\w+)$/.exec(path)
  return all === null ? [] : ofEveryLink(ipv6, all[1]!)
}

function ofEveryLink(directory: string, parameter: string): string[] {
  return readdirSync(directory)
    .map((link) => `${directory}/${link}/${parameter}`)
    .filter((file) => readIfThere(file) !== undefined)
}

function valueText(name: string, value: string | number): string {
  const text = String(value)
  if (/[\n\0]/.test(text)) throw new InvalidValueError(`the value of ${name} must be one line`)
  return text
}
