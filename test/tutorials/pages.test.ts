import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Tutorial, tutorials } from '../../src/tutorials/index.ts'

const docs = join(import.meta.dirname, '../../docs')
const directory = join(docs, 'tutorials')
const pageOf = (name: string) => readFileSync(join(directory, `${name}.md`), 'utf8')

/** The titles in a page, without their numbers. */
const titlesIn = (page: string) =>
  [...page.matchAll(/^## \d+\. (.*)$/gm)].map(([, title]) => title!.replaceAll('\\', ''))

/** Whether they occur in this order, with others in between. */
function inOrder(wanted: readonly string[], all: readonly string[]): boolean {
  let at = -1
  return wanted.every((one) => {
    at = all.indexOf(one, at + 1)
    return at >= 0
  })
}

describe('the pages of docs/tutorials', () => {
  test('there is one for each tutorial, and the overview leads to it', () => {
    const files = readdirSync(directory).filter((file) => file.endsWith('.md'))
    expect(files.sort()).toEqual([...tutorials.keys()].map((name) => `${name}.md`).sort())
    const overview = readFileSync(join(docs, 'tutorials.md'), 'utf8')
    for (const name of tutorials.keys()) expect(overview).toContain(`(tutorials/${name}.md)`)
  })

  test.each([...tutorials])('%s: every step in its order, with its commands', (name, tutorial: Tutorial) => {
    const page = pageOf(name)
    const titles = titlesIn(page)
    expect(
      inOrder(
        tutorial.steps.map(({ title }) => title),
        titles,
      ),
      titles.join('\n'),
    ).toBe(true)
    const sections = page.split(/^## /m).slice(1)
    for (const { title, actions, checks } of tutorial.steps) {
      const own = sections.filter((section) => section.includes(`. ${title}\n`))
      const has = (text: string) => own.some((section) => section.includes(text))
      for (const { command } of actions) expect(has(`$ ${command}\n`), command).toBe(true)
      const skipped = has('Not every kernel can do this.')
      for (const { command } of checks)
        expect(command === undefined || skipped || has(`\`${command}\``), command).toBe(true)
    }
  })

  test('every picture is there, and no other', () => {
    const wanted = [...tutorials.keys()].flatMap((name) => {
      return [...pageOf(name).matchAll(/\]\(pictures\/([^)]+)\)$/gm)].map(([, file]) => file!)
    })
    expect(readdirSync(join(directory, 'pictures')).sort()).toEqual(wanted.sort())
  })

  test('nothing in them is of one run alone', () => {
    const pictures = readdirSync(join(directory, 'pictures')).map((file) => join('pictures', file))
    for (const file of [...[...tutorials.keys()].map((name) => `${name}.md`), ...pictures]) {
      const text = readFileSync(join(directory, file), 'utf8')
      // Times, Ethernet addresses that the kernel chose, addresses made from them, names of cables of containers. Those that begin with 0a:58 are computed (stationOf).
      expect(text.match(/\d ms\b|fe80::|\bipts(?!0{7}\d)[\da-f]{8}\b/g) ?? [], file).toEqual([])
      expect(text.match(/\b(?!0a:58)[\da-f]{2}(:[\da-f]{2}){5}\b/g) ?? [], file).toEqual([])
    }
  })
})
