import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openInput } from '../../../src/cli/batch/input.ts'
import { readLines, splitWords } from '../../../src/cli/batch/lines.ts'

const scratch = mkdtempSync(join(tmpdir(), 'ipts-batch-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const never = () => {
  throw new Error('nothing is waited for, or complained of')
}

function linesOf(text: string | Uint8Array) {
  const file = join(scratch, 'batch')
  writeFileSync(file, text)
  using input = openInput(file, never)
  return [...readLines(input, never)].map(({ number, words }) => [number, ...words])
}

describe('the lines of a batch', () => {
  test.each([
    ['', []],
    ['\n \n\t\n', []],
    ['link show\n', [[1, 'link', 'show']]],
    ['link show', [[1, 'link', 'show']]],
    ['  link   show  \n', [[1, 'link', 'show']]],
    ['\n# nothing\nlink # show\n', [[3, 'link']]],
    [
      'link \\\nshow\nroute\n',
      [
        [2, 'link', 'show'],
        [3, 'route'],
      ],
    ],
    ['li\\\nnk\n', [[2, 'link']]],
    [
      'link # \\\nshow\n',
      [
        [1, 'link'],
        [2, 'show'],
      ],
    ],
    [
      'link \\\n# show \\\nroute\n',
      [
        [2, 'link'],
        [3, 'route'],
      ],
    ],
    ['link \\', [[1, 'link', '\\']]],
    [`alias "two words" 'and three "of" them'\n`, [[1, 'alias', 'two words', 'and three "of" them']]],
    [`alias ""''\n`, [[1, 'alias', '', '']]],
    [`alias a"b c"\n`, [[1, 'alias', 'a"b', 'c"']]],
    ['link\0show\n', [[1, 'link']]],
    ['link\tshow\r\n', [[1, 'link', 'show']]],
    ['alias héllo\n', [[1, 'alias', 'héllo']]],
  ])('%j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected)
  })

  test('a quote without its other one ends the program', () => {
    expect(() => splitWords('a "b')).toThrow(expect.objectContaining({ status: 1, ends: true }))
    expect(() => splitWords(Array(512).fill('a').join(' '))).toThrow(/^Too many arguments to command$/)
    expect(splitWords(Array(511).fill('a').join(' '))).toHaveLength(511)
  })

  test('are the same wherever the file is cut into what is read at once', () => {
    const line = fc.stringMatching(/^[a-zé0-9./]{1,9}( [a-z0-9./]{1,30}){0,6}$/)
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: (4 << 20) - 400, max: 4 << 20 }),
        (lines, before) => {
          const padding = `${'x'.repeat(before)}\n`
          const found = linesOf(`${padding}${lines.join('\n')}\n`).slice(1)
          expect(found.map(([, ...words]) => words.join(' '))).toEqual(lines)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('a continuation that is missing is complained of, after the lines before it', () => {
    const file = join(scratch, 'batch')
    writeFileSync(file, 'link show\nlink \\\n')
    using input = openInput(file, never)
    const complaints: string[] = []
    expect([...readLines(input, (line) => complaints.push(line))].map(({ words }) => words)).toEqual([['link', 'show']])
    expect(complaints).toEqual(['Missing continuation line'])
  })

  test('a file that is not there is told of', () => {
    expect(() => openInput(join(scratch, 'absent'), never)).toThrow(
      /^Cannot open file ".*absent" for reading: No such file or directory$/,
    )
  })

  test('a directory ends at once', () => {
    using input = openInput(scratch, never)
    expect([...readLines(input, never)]).toEqual([])
  })
})
