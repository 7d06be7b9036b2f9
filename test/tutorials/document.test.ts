import { describe, expect, test } from 'vitest'
import { type Tutorial, tutorials } from '../../src/tutorials/index.ts'
import { documents, linesOf, missing, readDocument } from './documents.ts'

describe.each([...tutorials])('%s', (name, tutorial) => {
  test('has a name, and every step says why, and proves something', () => {
    expect(tutorial.name).toBe(name)
    for (const { title, why, checks } of tutorial.steps) {
      expect(why.length, title).toBeGreaterThan(50)
      expect(checks.length, title).toBeGreaterThan(0)
      for (const { proves } of checks) expect(proves).not.toBe('')
    }
  })

  test('what is taken back was done before, and not taken back yet', () => {
    const done = new Set<unknown>()
    for (const { anew, actions } of tutorial.steps) {
      if (anew) done.clear()
      for (const action of actions) {
        if ('undo' in action) for (const op of action.undo) expect(done.delete(op), action.command).toBe(true)
        else if (!('mistake' in action)) done.add(action.op)
      }
    }
  })
})

/** The commands of a document, in its order: those of its blocks of code, or its lines, and those that its text mentions. */
function commandsOf(name: string, mentioned: boolean): string[] {
  const lines = linesOf(readDocument(name))
    .filter((line) => mentioned || !line.mentioned)
    .map(({ line }) => line.replace(/ # .*$/, ''))
  // The name of a command is no command, nor are its first words.
  return lines.filter((line) => line !== 'sudo' && !lines.some((other) => other.includes(`${line} `)))
}

/** `<container_ip>` is whatever it is, and whoever is root already needs no sudo. */
const matches = (command: string) => {
  const pattern = command
    .replace(/^sudo /, '')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/<\w+>/g, '\\S+')
  const wanted = new RegExp(`^(sudo )?${pattern}$`)
  return (typed: string) => wanted.test(typed)
}

const changing = (command: string) => / (add|set|del|delete|-A|-I|-w|run)\b|ip_forward'$/.test(command)

/** What a person types of it: all, or only what changes something. */
function typedIn({ steps, unneeded = [] }: Tutorial) {
  const actions = steps.flatMap((step) => step.actions)
  const looks = steps.flatMap(({ checks }) => checks.flatMap(({ command }) => command ?? []))
  const spared = unneeded.map(({ command }) => command)
  return { actions, all: [...actions.map(({ command }) => command), ...looks, ...spared], spared }
}

describe.skipIf(missing)(`the documents${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('all of them have a tutorial', () => {
    expect(Object.keys(documents).sort()).toEqual([...tutorials.keys()].sort())
  })

  test.each(Object.keys(documents))('every command of %s is typed, or said to be unneeded', (name) => {
    const commands = commandsOf(name, true)
    expect(commands.length).toBeGreaterThan(20)
    const { all } = typedIn(tutorials.get(name)!)
    expect(commands.filter((command) => !all.some(matches(command)))).toEqual([])
  })

  test.each(Object.keys(documents))('what changes something in %s is typed in its order', (name) => {
    const { actions, spared } = typedIn(tutorials.get(name)!)
    const typed = actions.map(({ command }) => command)
    const wanted = commandsOf(name, false).filter((line) => changing(line) && !spared.includes(line))
    let at = -1
    const late = wanted.filter((command) => {
      const is = matches(command)
      const next = typed.findIndex((line, i) => i > at && is(line))
      if (next < 0) return true
      at = next
      return false
    })
    expect(late).toEqual([])
  })

  test.each(Object.keys(documents))('what %s does not have is marked as a correction', (name) => {
    const commands = commandsOf(name, true).map(matches)
    const { steps } = tutorials.get(name)!
    // Of several hosts and other kinds of links the document has words only.
    const own = steps.findIndex(({ title }) => title.startsWith('Several hosts at a switch'))
    for (const { actions } of own < 0 ? steps : steps.slice(0, own)) {
      for (const action of actions) {
        if ('mistake' in action || action.correction !== undefined) continue
        expect(
          commands.some((is) => is(action.command)),
          action.command,
        ).toBe(true)
      }
    }
  })
})
