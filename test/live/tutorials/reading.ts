import type { DocumentLine } from '../../tutorials/documents.ts'
import { asTyped, type Reader, skipped } from './reader.ts'

/** What is typed under a heading of a document. */
export interface Section {
  readonly title: string
  readonly scripts: readonly { readonly name: string; readonly text: string }[]
  readonly lines: readonly string[]
}

export interface Typed {
  readonly sections: readonly Section[]
  /** Lines of the document that are not typed, and why. */
  readonly skipped: readonly string[]
  /** How many lines are the reader's own. */
  readonly own: number
}

/** What a reader types of a document, by its sections, and what not. Throws where the reader counts on a line that is not there. */
export function sectionsOf(document: readonly DocumentLine[], reader: Reader): Typed {
  const left: string[] = []
  const times = new Map<string, number>()
  const used = new Set<object>()
  const typed = (line: string) => asTyped(line, reader.placeholders)
  const ownLines = (line: string): string[] => {
    const nth = (times.get(line) ?? 0) + 1
    times.set(line, nth)
    const own = reader.asides.filter((aside) => aside.after === line && (aside.nth ?? 1) === nth)
    for (const aside of own) used.add(aside)
    return own.flatMap(({ lines }) => lines)
  }
  const titles = [...new Set(document.map(({ section }) => section))]
  const sections = titles.map((title): Section => {
    const all = document.filter(({ section }) => section === title)
    const script = reader.scripts?.find(({ section }) => section === title)
    if (script !== undefined) {
      used.add(script)
      return { title, scripts: [{ name: script.name, text: scriptText(all, script) }], lines: script.lines.map(typed) }
    }
    const lines = all.flatMap(({ line }) => {
      const why = skipped.find(([pattern]) => pattern.test(line.replace(/^sudo /, '')))?.[1]
      if (why === undefined) return [line, ...ownLines(line)]
      left.push(`${line} (${why})`)
      return []
    })
    return { title, scripts: [], lines: lines.map(typed) }
  })
  for (const own of [...reader.asides, ...(reader.scripts ?? [])]) {
    if (!used.has(own)) throw new Error(`the document has nothing for ${JSON.stringify(own)}`)
  }
  const own = [...reader.asides, ...(reader.scripts ?? [])].flatMap(({ lines }) => lines).length
  return { sections, skipped: left, own }
}

type Script = NonNullable<Reader['scripts']>[number]

function scriptText(document: readonly DocumentLine[], { before = [], insert = {}, after }: Script): string {
  const lines = document.flatMap(({ line }) => (insert[line] === undefined ? [line] : [insert[line], line]))
  return `${['#!/bin/bash', ...before, ...lines, ...after].join('\n')}\n`
}
