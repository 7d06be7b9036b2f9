import { readFileSync, writeSync } from 'node:fs'
import { errnoMessage } from '../../libc/index.ts'
import { openNetfilter, TransactionError, transactSync } from '../../netfilter/index.ts'
import { NetlinkError, type Socket } from '../../netlink/index.ts'
import { link, openRoute } from '../../rtnl/index.ts'
import { openOutput } from '../print/index.ts'
import { Changes, type PendingChange } from './changes.ts'
import type { Execution } from './execute.ts'
import { IptablesError } from './failure.ts'
import { Hosts } from './hosts.ts'
import { type Level, readTables, type StoredTable } from './ruleset.ts'

/** What is to be done to a table in one batch with others. */
export interface Step {
  readonly table: string
  readonly line: number | undefined
  run(execution: Execution): void
}

/** Where steps are done. */
export interface Committer {
  write(text: string): void
  warn(text: string): void
  commit(steps: readonly Step[], level: Level): void
}

/** A running command: its output and its sockets, which are opened when they are needed. */
export class Session implements Committer, Disposable {
  readonly hosts = new Hosts()
  readonly #out = openOutput(1)
  #netfilter: Socket | undefined
  #route: Socket | undefined

  get netfilter(): Socket {
    this.#netfilter ??= openNetfilter()
    return this.#netfilter
  }

  readonly write = (text: string): void => {
    this.#out.write(text)
  }

  /** Writes to stderr, after what stdout has been given so far. */
  readonly warn = (text: string): void => {
    this.#out.flush()
    writeSync(2, text)
  }

  readonly interfaceName = (index: number): string => {
    this.#route ??= openRoute()
    try {
      return this.#route.requestSync(link.get({ index })).name ?? ''
    } catch {
      return ''
    }
  }

  /**
   * Does steps as one batch: all of it or nothing. When somebody else changes the rule set meanwhile, it is all done again from what it
   * is then. Throws IptablesError and CommandRefused.
   */
  commit(steps: readonly Step[], level: Level): void {
    // Only what the last attempt says counts.
    let said: (() => void)[] = []
    let pending: readonly PendingChange[] = []
    try {
      transactSync(
        this.netfilter,
        () => {
          const changes = new Changes()
          said = []
          pending = changes.pending
          const write = (text: string) => said.push(() => this.write(text))
          const warn = (text: string) => said.push(() => this.warn(text))
          this.#run(steps, readTables(this.netfilter, level, steps[0]?.table), changes, { write, warn })
          return pending.map((change) => change.make())
        },
        { acknowledge: false, sequence: 1 },
      )
    } catch (error) {
      throw refused(error, pending)
    } finally {
      for (const say of said) say()
    }
  }

  /** Finds the names that a listing shows, which takes time. */
  async findNames(steps: readonly Step[], level: Level): Promise<void> {
    this.hosts.collecting = true
    try {
      const silent = { write: () => {}, warn: () => {} }
      this.#run(steps, readTables(this.netfilter, level, steps[0]!.table), new Changes(), silent)
    } catch {
      // Whatever is wrong is so again when it is listed.
    }
    this.hosts.collecting = false
    await this.hosts.find()
  }

  #run(
    steps: readonly Step[],
    tables: ReadonlyMap<string, StoredTable>,
    changes: Changes,
    say: Pick<Execution, 'write' | 'warn'>,
  ): void {
    const { interfaceName, hosts } = this
    for (const step of steps) {
      changes.line = step.line
      step.run({ table: tables.get(step.table)!, changes, interfaceName, host: hosts.name, ...say })
    }
  }

  [Symbol.dispose](): void {
    this.#netfilter?.close()
    this.#route?.close()
    this.#out.flush()
  }
}

/** The kernel's refusal as iptables words it: the first, or of a file those of all lines. */
export function refused(error: unknown, pending: readonly PendingChange[] = []): unknown {
  if (error instanceof NetlinkError && error.code === 'EPERM') {
    const message = 'Could not fetch rule set generation id: Permission denied (you must be root)'
    return new IptablesError(message, 'resource')
  }
  if (!(error instanceof TransactionError)) return error
  let message = ''
  for (const { index, error: refusal } of error.refusals) {
    const change = index === undefined ? undefined : pending[index]
    if (change === undefined) continue
    const { name, subject, line } = change
    const what = `${name} failed (${errnoMessage(refusal.errno)}): ${subject}`
    message += line === undefined ? ` ${what}` : `\nline ${line}: ${what}`
    if (line === undefined) break
  }
  return message === '' ? error : new IptablesError(message, 'resource')
}

/** What iptables says where there are tables of iptables-legacy, which are not nf_tables'; empty where there are none. */
export function legacyWarning(program: 'iptables-legacy' | 'iptables-legacy-save'): string {
  let names: string
  try {
    names = readFileSync('/proc/net/ip_tables_names', 'latin1')
  } catch {
    return ''
  }
  return names === '' ? '' : `# Warning: iptables-legacy tables present, use ${program} to see them\n`
}
