import { describe, expect, test } from 'vitest'
import { LONG, SHORT } from '../../../src/cli/iptables/base-options.ts'
import { type LongOption, OptionReader } from '../../../src/cli/iptables/option-reader.ts'

function read(words: readonly string[], more: readonly LongOption[] = []): string[] {
  const reader = new OptionReader('iptables', words)
  const seen: string[] = []
  for (let word = reader.next(SHORT, [...LONG, ...more]); word !== undefined; ) {
    if (word.is === 'operand') seen.push(`[${word.word}]`)
    else seen.push(word.is === 'option' ? `${word.id}=${word.value ?? ''}` : `${word.is} ${reader.last}`)
    word = reader.next(SHORT, [...LONG, ...more])
  }
  return seen
}

const option = (name: string, id: string): LongOption => ({ name, id, value: 'required' })

describe('options are read as getopt_long reads them', () => {
  test.each([
    [['-nvL'], ['n=', 'v=', 'L=']],
    [
      ['-nL', 'INPUT'],
      ['n=', 'L=', '[INPUT]'],
    ],
    [['-LINPUT'], ['L=INPUT']],
    [
      ['-AINPUT', '-ptcp'],
      ['A=INPUT', 'p=tcp'],
    ],
    [['-A', '-s'], ['A=-s']],
    [['--append', 'INPUT'], ['A=INPUT']],
    [['--append=INPUT'], ['A=INPUT']],
    [['--list=INPUT'], ['L=INPUT']],
    [
      ['--list', 'INPUT'],
      ['L=', '[INPUT]'],
    ],
    [['--app', 'INPUT'], ['A=INPUT']],
    [
      ['--s', 'x'],
      ['unknown --s', '[x]'],
    ],
    [['--sr', 'x'], ['s=x']],
    [['--numeric=5'], ['unknown --numeric=5']],
    [['-A'], ['missing -A']],
    [['--append'], ['missing --append']],
    [['-y'], ['unknown -y']],
    [['-yn'], ['unknown iptables', 'n=']],
    [['-n', '--', '-v'], ['n=']],
    [
      ['-', '!'],
      ['[-]', '[!]'],
    ],
  ])('%j', (words, seen) => {
    expect(read(words)).toEqual(seen)
  })

  test('options that mean the same may be abbreviated together', () => {
    const ports = [option('sport', 'tcp source-port'), option('source-port', 'tcp source-port')]
    expect(read(['--spo', '80'], ports)).toEqual(['tcp source-port=80'])
    expect(read(['--sour', '80'], ports)).toEqual(['unknown --sour', '[80]'])
  })

  test('the last word is read again', () => {
    const reader = new OptionReader('iptables', ['--dport', '80'])
    expect(reader.next(SHORT, LONG)).toEqual({ is: 'unknown' })
    reader.again()
    expect(reader.next(SHORT, [option('dport', 'd')])).toEqual({ is: 'option', id: 'd', value: '80' })
  })

  test('an argument is a word that is neither an option nor !', () => {
    const reader = new OptionReader('iptables', ['-I', 'INPUT', '3', '!'])
    reader.next(SHORT, LONG)
    expect(reader.argument()).toBe('3')
    expect(reader.argument()).toBeUndefined()
  })
})
