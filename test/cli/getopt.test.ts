import { describe, expect, test } from 'vitest'
import { getopt } from '../../src/cli/getopt.ts'

const spec = {
  short: 'ab:c::',
  long: [
    { name: 'all', short: 'a' },
    { name: 'block', short: 'b', value: 'required' },
    { name: 'colour', short: 'c', value: 'optional' },
    { name: 'color', short: 'c', value: 'optional' },
    { name: 'column', short: 'column' },
  ],
} as const

const read = (...words: string[]) => {
  const { options, operands } = getopt(words, spec)
  return [
    ...options.map(({ name, value, wrong }) => wrong ?? (value === undefined ? name : `${name}=${value}`)),
    operands,
  ]
}

describe('getopt reads as glibc does', () => {
  test.each([
    [
      ['x', '-a', 'y'],
      ['a', ['x', 'y']],
    ],
    [
      ['-ab', '1', '-b2', '-ab3'],
      ['a', 'b=1', 'b=2', 'a', 'b=3', []],
    ],
    [
      ['-c', 'x', '-cy'],
      ['c', 'c=y', ['x']],
    ],
    [
      ['-a', '--', '-a', '--all'],
      ['a', ['-a', '--all']],
    ],
    [
      ['-', '-a'],
      ['a', ['-']],
    ],
    [
      ['--all', '--al', '--block', '1', '--block=2', '--b=3'],
      ['a', 'a', 'b=1', 'b=2', 'b=3', []],
    ],
    [
      ['--colour', 'x', '--colour=y', '--block='],
      ['c', 'c=y', 'b=', ['x']],
    ],
    [
      ['-b', '-a'],
      ['b=-a', []],
    ],
    // Several long options that mean the same are not ambiguous, those that do not are.
    [['--colo=1'], ['c=1', []]],
    [['--col'], ["option '--col' is ambiguous; possibilities: '--colour' '--color' '--column'", []]],
  ])('%j', (words, expected) => {
    expect(read(...words)).toEqual(expected)
  })

  test.each([
    [['-ax'], ['a', "invalid option -- 'x'", []]],
    [['-:'], ["invalid option -- ':'", []]],
    [['-b'], ["option requires an argument -- 'b'", []]],
    [['--block'], ["option '--block' requires an argument", []]],
    [['--all=1'], ["option '--all' doesn't allow an argument", []]],
    [
      ['--nosuch', 'x'],
      ["unrecognized option '--nosuch'", ['x']],
    ],
    [['--nosuch=1'], ["unrecognized option '--nosuch'", []]],
  ])('%j is wrong where it stands', (words, expected) => {
    expect(read(...words)).toEqual(expected)
  })

  test('a leading + ends the options at the first operand', () => {
    expect(getopt(['-a', 'x', '-a'], { short: '+a' }).operands).toEqual(['x', '-a'])
  })
})
