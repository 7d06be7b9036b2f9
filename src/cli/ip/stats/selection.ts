import { CommandFailure } from '../../grammar/index.ts'
import { SUITES, type Suite } from './suites.ts'

export const LEVELS = ['group', 'subgroup', 'suite'] as const
export type Level = (typeof LEVELS)[number]

const INVALID = 22

/** What stands below a path: names of the next level. */
function below(path: readonly string[]): Set<string> {
  const under = SUITES.filter((suite) => path.every((name, i) => suite.path[i] === name))
  return new Set(under.map((suite) => suite.path[path.length]).filter((name) => name !== undefined))
}

/** Which counters are asked for, as the words say one group after another. */
export class Selection {
  readonly #chosen = new Set<Suite>()
  #path: string[] = []

  /** A name at a level; what was said at this level or below before is complete. Throws CommandFailure. */
  choose(level: Level, name: string): void {
    const depth = LEVELS.indexOf(level)
    if (this.#path.length < depth) {
      const missing = LEVELS[this.#path.length]
      const text = `Error: ${level} ${name} requested without selecting a ${missing} first`
      throw new CommandFailure(text, INVALID)
    }
    if (this.#path.length > depth) this.#take()
    this.#path = [...this.#path.slice(0, depth), name]
  }

  /** All that has been said, in the order in which it is shown; everything, where nothing has. Throws CommandFailure. */
  suites(): readonly Suite[] {
    this.#take()
    return SUITES.filter((suite) => this.#chosen.has(suite))
  }

  #take(): void {
    const path = this.#path
    for (const [i, name] of path.entries()) {
      const parent = path.slice(0, i)
      const names = below(parent)
      if (names.size === 0) {
        const text = `Error: ${LEVELS[i]} ${name} requested inside leaf ${LEVELS[i - 1]} ${parent.at(-1)}`
        throw new CommandFailure(text, INVALID)
      }
      if (!names.has(name)) {
        const text = `Error: no ${LEVELS[i]} named ${name} found inside ${parent.at(-1) ?? 'top-level'}`
        throw new CommandFailure(text, INVALID)
      }
    }
    for (const suite of SUITES) if (path.every((name, i) => suite.path[i] === name)) this.#chosen.add(suite)
  }
}
