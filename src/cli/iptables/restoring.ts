import { parseArguments } from './arguments.ts'
import { type BuiltinTable, builtinChain, builtinTable } from './builtin.ts'
import type { Counters } from './command.ts'
import { assertChainName } from './command-words.ts'
import { compose } from './compose.ts'
import { setPolicy } from './execute.ts'
import { IptablesError } from './failure.ts'
import { leadingCount } from './number.ts'
import { Finished, Plain } from './report.ts'
import type { Level } from './ruleset.ts'
import type { Committer, Step } from './session.ts'
import { splitLine } from './split-line.ts'
import { highest, levelOf, stepOf } from './step.ts'

export interface RestoreOptions {
  readonly counters: boolean
  readonly verbose: number
  readonly noFlush: boolean
  readonly test: boolean
  /** The only table that is restored. */
  readonly only: string | undefined
}

/** A file that iptables-save has written, on its way into the kernel: a batch for each table. */
export class Restoring {
  readonly #program: string
  readonly #session: Committer
  readonly #options: RestoreOptions
  /** Names that are chains, whatever targets there are. */
  readonly #chains = new Set<string>()
  #table: BuiltinTable | undefined
  #inTable = false
  #steps: Step[] = []
  #levels: Level[] = []
  line = 0

  constructor(program: string, session: Committer, options: RestoreOptions) {
    this.#program = program
    this.#session = session
    this.#options = options
  }

  /** Throws IptablesError and CommandRefused. Tables before the wrong line are restored. */
  async restore(text: string): Promise<void> {
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    for (const line of lines) {
      this.line++
      await this.#take(line)
    }
    if (this.#inTable) {
      throw new Plain(`${this.#program}: COMMIT expected at line ${this.line + 1}\n`)
    }
  }

  async #take(text: string): Promise<void> {
    const { only, verbose } = this.#options
    if (text === '') return
    if (text.startsWith('#')) {
      if (verbose > 0) this.#session.write(`${text}\n`)
      return
    }
    if (this.#inTable && text === 'COMMIT') this.#commit()
    else if (text.startsWith('*') && !this.#inTable) this.#begin(text.slice(1))
    else if (text.startsWith(':') && this.#inTable) this.#chain(text.slice(1))
    else if (this.#inTable) await this.#rule(text)
    else if (only === undefined || this.#table === undefined || this.#table.name === only) {
      throw new Plain(`${this.#program}: line ${this.line} failed\n`)
    }
  }

  #commit(): void {
    this.#inTable = false
    const [steps, levels] = [this.#steps, this.#levels]
    this.#steps = []
    this.#levels = []
    if (!this.#options.test && steps.length > 0) this.#session.commit(steps, this.#level(levels))
  }

  /** Where all that was there goes, nobody looks at it. */
  #level(levels: readonly Level[]): Level {
    const { noFlush, verbose } = this.#options
    return noFlush ? highest(levels) : verbose > 0 ? 'rules' : 'tables'
  }

  #begin(text: string): void {
    const { only, noFlush, verbose } = this.#options
    const name = words(text)[0]
    const where = `${this.#program}: line ${this.line} table name`
    if (name === undefined) throw new IptablesError(`${where} invalid`)
    this.#table = builtinTable(name)
    if (this.#table === undefined) throw new IptablesError(`${where} '${name}' invalid`)
    if (only !== undefined && only !== name) return
    this.#inTable = true
    if (noFlush) return
    if (verbose === 0) this.#step('tables', ({ table, changes }) => changes.deleteTable(table))
    else for (const verb of ['F', 'X'] as const) this.#plainCommand(verb)
  }

  #plainCommand(verb: 'F' | 'X'): void {
    const command = {
      verb,
      zero: undefined,
      table: this.#table!.name,
      chain: undefined,
      number: 0,
      newName: undefined,
      policy: undefined,
      rules: [],
      verbose: true,
      numeric: false,
      exact: false,
      lineNumbers: false,
      line: this.line,
    }
    this.#steps.push(stepOf(command))
    this.#levels.push(levelOf(command))
  }

  #step(level: Level, run: Step['run']): void {
    this.#steps.push({ table: this.#table!.name, line: this.line, run })
    this.#levels.push(level)
  }

  #chain(text: string): void {
    const [name, policy, counted] = words(text)
    const where = `${this.#program}: line ${this.line}`
    if (name === undefined) throw new IptablesError(`${where} chain name invalid`)
    this.#chains.add(name)
    assertChainName(name, (word) => this.#chains.has(word))
    if (policy === undefined) throw new IptablesError(`${where} policy invalid`)
    if (builtinChain(this.#table!, name) !== undefined) {
      const counters = this.#options.counters ? policyCounters(name, counted) : { packets: 0, bytes: 0 }
      const { line } = this
      this.#step('chains', (execution) => setPolicy({ line }, execution, name, policy, counters, true))
    } else {
      this.#step('chains', ({ table, changes }) => {
        changes.needTable(table)
        const found = table.find(name)
        if (found === undefined) changes.makeChain(table, name)
        else {
          changes.flushChain(table, name)
          found.rules = []
        }
      })
    }
  }

  async #rule(text: string): Promise<void> {
    const { counters, noFlush, verbose } = this.#options
    const { counted, rest } = leadingCounters(text, this.line)
    const given = [
      ...Array(noFlush ? 0 : verbose).fill('-v'),
      ...(counters && counted !== undefined ? ['--set-counters', ...counted] : []),
      ...splitLine(rest),
    ]
    const parsed = await parseArguments(given, {
      program: this.#program,
      warn: this.#session.warn,
      restoring: { table: this.#table!.name, line: this.line, isChain: (name) => this.#chains.has(name) },
    })
    if (parsed.is === 'text') throw new Finished(parsed.text)
    if (parsed.is === 'nothing') return
    // What cannot be written is refused at its own line.
    for (const rule of parsed.command.rules) compose(rule)
    this.#steps.push(stepOf(parsed.command))
    this.#levels.push(levelOf(parsed.command))
  }
}

const words = (text: string) => text.split(/[ \t]+/).filter((word) => word !== '')

function policyCounters(chain: string, text: string | undefined): Counters {
  const [, packets, bytes] = /^\[(\d+):(\d+)\]/.exec(text ?? '') ?? []
  if (bytes === undefined) throw new IptablesError(`invalid policy counters for chain '${chain}'`)
  return { packets: leadingCount(packets!)!, bytes: leadingCount(bytes)! }
}

/** `[packets:bytes]` before a rule. */
function leadingCounters(text: string, line: number): { counted: readonly [string, string] | undefined; rest: string } {
  if (!text.startsWith('[')) return { counted: undefined, rest: text }
  const end = text.indexOf(']')
  if (end < 0) throw new IptablesError(`Bad line ${line}: need ]`)
  const [, packets, , bytes] = /^\[:*([^:]+)(:?)\]*([^\]]*)/.exec(text) ?? []
  if (packets === undefined) throw new IptablesError(`Bad line ${line}: need :`)
  if (!bytes) throw new IptablesError(`Bad line ${line}: need ]`)
  return { counted: [packets, bytes], rest: text.slice(end + 1) }
}
