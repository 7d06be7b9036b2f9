import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tutorials } from '../../src/tutorials/index.ts'

describe.each([...tutorials])('%s', (name, tutorial) => {
  test('has a name, and every step says why, and proves something', () => {
    expect(tutorial.name).toBe(name)
    for (const { title, why, checks } of tutorial.steps) {
      expect(why.length, title).toBeGreaterThan(50)
      expect(checks.length, title).toBeGreaterThan(0)
      for (const { proves } of checks) expect(proves).not.toBe('')
    }
  })
})

const documents: Readonly<Record<string, readonly [file: string, until: string]>> = {
  'container-is-a-namespace': ['003_efb86e5bb30a5cc0.txt', 'Now you can ping the namespaces directly from the host!'],
}
const shared = join(import.meta.dirname, '../../../shared/tutorials')
const missing = existsSync(shared) ? undefined : 'the documents are not here'

describe.skipIf(missing)(`the documents${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test.each(Object.entries(documents))('every command of %s is typed, in its order', (name, [file, until]) => {
    const text = readFileSync(join(shared, file), 'utf8').split(until)[0]!
    const commands = [...text.matchAll(/```\n([\s\S]*?)```/g)]
      .flatMap(([, block]) => block!.replaceAll(/\\\s*\n/g, ' ').split('\n'))
      .map((line) => line.trim().replaceAll(/\s+/g, ' '))
      .filter((line) => /^(sudo |ip |bridge |ping )/.test(line))
    const changing = commands.filter((line) => / (add|set) /.test(line))
    const typed = tutorials.get(name)!.steps.flatMap(({ actions }) => actions.map(({ command }) => command))
    expect(changing.length).toBeGreaterThan(10)
    expect(typed).toEqual(changing)
    const looked = new Set(tutorials.get(name)!.steps.flatMap(({ checks }) => checks.map(({ command }) => command)))
    expect(commands.filter((line) => !changing.includes(line) && !looked.has(line))).toEqual([])
  })
})
