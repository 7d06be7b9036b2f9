import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { attach as attachTo, create, delete as deleteName, directory, list } from '../../../netns/index.ts'
import { nsid } from '../../../rtnl/index.ts'
import { CommandFailure, cNumber, type Run, type Words, wrong } from '../../grammar/index.ts'
import { openNamespaceFile } from '../../namespace.ts'
import type { Session } from '../../session.ts'

const failed = (message: string, { errno }: SystemError) => new CommandFailure(`${message}: ${errnoMessage(errno)}`, 1)

/** Does something to the namespaces that are files, or in a dry run says what it would do. */
function perform(
  { options, out }: Session,
  what: string,
  action: () => void,
  describe: (error: SystemError) => string,
) {
  if (options.dryRun) return out.write(`${what}\n`)
  try {
    action()
  } catch (error) {
    throw error instanceof SystemError ? failed(describe(error), error) : error
  }
}

function nameIn(words: Words, missing = 'No netns name specified'): string {
  if (words.done) throw new CommandFailure(missing, 1)
  const name = words.current
  words.advance()
  return name
}

/** What of making a namespace failed, by the system call. */
function creationStep(name: string) {
  return ({ syscall }: SystemError): string => {
    if (syscall === 'mkdir') return `mkdir ${directory} failed`
    if (syscall === 'unshare') return `Failed to create a new network namespace "${name}"`
    if (syscall === 'mount') return `mount --make-shared ${directory} failed`
    return `Cannot create namespace file "${directory}/${name}"`
  }
}

/** `ip netns add`. */
export const add: Run<Session> = (session, words) => {
  const name = nameIn(words)
  perform(session, `create network namespace "${name}"`, () => create(name), creationStep(name))
  return 0
}

const isOf = ({ code, path }: SystemError, source: string) => code === 'ENOENT' || path === source

/** `ip netns attach`. */
export const attach: Run<Session> = (session, words) => {
  if (words.left < 2) throw new CommandFailure('No netns name and PID specified', 1)
  const name = nameIn(words)
  const pid = cNumber(words.current, -0x80000000, 0x7fffffff)
  if (!pid) throw new CommandFailure(`Invalid PID: ${words.current}`, 1)
  const source = `/proc/${pid}/ns/net`
  if (pid < 0) throw new CommandFailure(`Bind ${source} -> ${directory}/${name} failed: No such file or directory`, 1)
  perform(
    session,
    `name the network namespace of process ${pid} "${name}"`,
    () => attachTo(name, pid),
    (error) => (isOf(error, source) ? `Bind ${source} -> ${directory}/${name} failed` : creationStep(name)(error)),
  )
  return 0
}

/** `ip netns delete`, of one or with `-all` of all. */
export const remove: Run<Session> = (session, words) => {
  const names = session.options.all ? list() : [nameIn(words)]
  for (const name of names) {
    perform(
      session,
      `delete network namespace "${name}"`,
      () => deleteName(name, { own: true }),
      () => `Cannot remove namespace file "${directory}/${name}"`,
    )
  }
  return 0
}

/** `ip netns set`. */
export const set: Run<Session> = (session, words) => {
  const name = nameIn(words)
  if (words.done) throw new CommandFailure('No nsid specified', 1)
  const word = words.current
  const id = word === 'auto' ? nsid.NOT_ASSIGNED : cNumber(word, -0x80000000, 0x7fffffff)
  if (id === undefined) throw wrong(word, 'Invalid "netnsid" value')
  if (id < 0 && word !== 'auto') throw wrong(word, '"netnsid" value should be >= 0')
  using file = openNamespaceFile(name)
  if (file === undefined)
    throw new CommandFailure(`Cannot open network namespace "${name}": No such file or directory`, 1)
  session.route.change(nsid.add({ fd: file.fd, nsid: id }))
  return 0
}
