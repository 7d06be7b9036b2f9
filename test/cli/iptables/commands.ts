import { parseArguments } from '../../../src/cli/iptables/arguments.ts'
import { TABLES } from '../../../src/cli/iptables/builtin.ts'
import { Changes, type PendingChange } from '../../../src/cli/iptables/changes.ts'
import type { Execution } from '../../../src/cli/iptables/execute.ts'
import { type RestoreOptions, Restoring } from '../../../src/cli/iptables/restoring.ts'
import { StoredTable } from '../../../src/cli/iptables/ruleset.ts'
import { splitLine } from '../../../src/cli/iptables/split-line.ts'
import { stepOf } from '../../../src/cli/iptables/step.ts'

/** A rule set that is nowhere but here: commands change it as they would the kernel's. */
export class Rehearsal {
  readonly tables = new Map(TABLES.map((table) => [table.name, new StoredTable(table)]))
  text = ''
  complaints = ''

  /** The names and changes that a command line comes to. */
  async run(line: string): Promise<readonly PendingChange[]> {
    const [, ...words] = splitLine(line.replaceAll("'", '"'))
    return this.perform(words)
  }

  /** The same, of the words after the program's name. */
  async perform(words: readonly string[]): Promise<readonly PendingChange[]> {
    const parsed = await parseArguments(words, { program: 'iptables', warn: (text) => this.#warn(text) })
    if (parsed.is !== 'command') throw new Error(`${words.join(' ')}: no command`)
    return this.#perform([stepOf(parsed.command)])
  }

  /** The changes that each table of a file comes to. */
  async restore(text: string, options: Partial<RestoreOptions>): Promise<(readonly PendingChange[])[]> {
    const batches: (readonly PendingChange[])[] = []
    const restoring = new Restoring(
      'iptables-restore',
      {
        write: (more) => this.#write(more),
        warn: (more) => this.#warn(more),
        commit: (steps) => batches.push(this.#perform(steps)),
      },
      { counters: false, verbose: 0, noFlush: false, test: false, only: undefined, ...options },
    )
    await restoring.restore(text)
    return batches
  }

  #perform(steps: readonly ReturnType<typeof stepOf>[]): readonly PendingChange[] {
    const changes = new Changes()
    for (const { table, line, run } of steps) {
      changes.line = line
      run(this.#execution(this.tables.get(table)!, changes))
    }
    return changes.pending
  }

  #execution(table: StoredTable, changes: Changes): Execution {
    return {
      table,
      changes,
      interfaceName: (index) => `if${index}`,
      host: (address) => address,
      write: (text) => this.#write(text),
      warn: (text) => this.#warn(text),
    }
  }

  #write(text: string): void {
    this.text += text
  }

  #warn(text: string): void {
    this.complaints += text
  }

  /** What a command prints. */
  async print(line: string): Promise<string> {
    this.text = ''
    await this.run(line)
    return this.text
  }
}
