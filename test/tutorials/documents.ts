import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files that the tutorials are made of, by the tutorial's name. */
export const documents: Readonly<Record<string, string>> = {
  'virtual-networking': '000_6729ec3a890eb56c.txt',
  'namespaces-and-docker': '001_9408dd9b11fc2004.txt',
  'container-networking': '002_07c94e0eea1704d2.txt',
  'container-is-a-namespace': '003_efb86e5bb30a5cc0.txt',
  'docker-networking-demystified': '004_44f9e9c0a4c194ec.txt',
}

const shared = join(import.meta.dirname, '../../../shared/tutorials')

/** Why the documents cannot be read; undefined where they can. */
export const missing = existsSync(shared) ? undefined : 'the documents are not here'

export function readDocument(name: string): string {
  return readFileSync(join(shared, documents[name]!), 'utf8')
}

/** A line of a document that a shell would take. */
export interface DocumentLine {
  /** The heading that it is under. */
  readonly section: string
  readonly line: string
  /** Whether it stands in the midst of a sentence, which may name a command rather than have it typed. */
  readonly mentioned: boolean
}

const PROGRAM =
  /^(sudo|ip|bridge|brctl|ifconfig|ping|iptables|sysctl|arp|dmesg|docker|multipass|brew|apt-get|bash -c)(?= |$)/
/** The shell of the scripts, of which the fourth document is written as plain text. */
const SHELL = /^(set -o |string=|if \[)/

/**
 * The lines of a document in its order, those that end in `\` joined with the next: of its blocks of code and what its sentences have
 * between backticks. The document that is plain text has commands on lines of their own, and its headings in a table of contents.
 */
export function linesOf(text: string): DocumentLine[] {
  return text.includes('```') ? linesOfMarkdown(text) : linesOfPlainText(text)
}

function linesOfMarkdown(text: string): DocumentLine[] {
  const lines: DocumentLine[] = []
  let section = ''
  for (const [, block, heading, mention] of text.matchAll(/```\w*\n([\s\S]*?)```|^#{1,6} (.+)$|`([^`\n]+)`/gm)) {
    if (heading !== undefined) section = heading.replaceAll('*', '').trim()
    else if (block === undefined) lines.push(...commandsIn(mention!, section, true))
    else if (!block.includes('FROM ubuntu')) lines.push(...commandsIn(block, section, false))
  }
  return lines
}

function linesOfPlainText(text: string): DocumentLine[] {
  const headings = new Set([...text.matchAll(/^ +• (.*)$/gm)].map(([, heading]) => heading!.trim()))
  let section = ''
  return text.split('\n').flatMap((line) => {
    if (headings.has(line.trim())) section = line.trim()
    // A sentence that begins with a command.
    return /[.:]$/.test(line.trim()) ? [] : commandsIn(line, section, false)
  })
}

function commandsIn(text: string, section: string, mentioned: boolean): DocumentLine[] {
  return text
    .replaceAll(/\\\s*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => PROGRAM.test(line) || SHELL.test(line))
    .map((line) => ({ section, line, mentioned }))
}
