import { describe, expect, test } from 'vitest'
import { Words } from '../../src/cli/grammar/index.ts'
import { defaultOptions, parseOptions, VersionRequest } from '../../src/cli/options.ts'

const read = (line: string) => {
  const words = new Words(line.split(' '))
  const options = parseOptions(words)
  return { options, rest: words.rest() }
}

describe('options before the object', () => {
  test.each([
    ['-4', { family: 'inet' }],
    ['-6', { family: 'inet6' }],
    ['-0', { family: 'packet' }],
    ['-f inet6', { family: 'inet6' }],
    ['-family link', { family: 'packet' }],
    ['-s -stat', { stats: 2 }],
    ['-d', { details: 1 }],
    ['--json', { json: true }],
    ['-js -p', { json: true, pretty: true }],
    ['-br', { brief: true }],
    ['-o', { oneline: true }],
    ['-c', { colour: 'always' }],
    ['-c=auto', { colour: 'auto' }],
    ['-col=never', { colour: 'never' }],
    ['-n red', { netns: 'red' }],
    ['-netns red', { netns: 'red' }],
    ['-N', { numeric: true }],
    ['-h', { human: true }],
    ['-iec', { iec: true }],
    ['-r', { resolve: true }],
    ['-rc 5', { receiveBuffer: 5 }],
    ['-l 3', { loops: 3 }],
    ['-t', { timestamp: 'long' }],
    ['-ts', { timestamp: 'short' }],
    ['-a', { all: true }],
    ['--trace', { trace: true }],
    ['--dry-run', { dryRun: true }],
  ])('%s', (line, expected) => {
    expect(read(`${line} link show`)).toEqual({ options: { ...defaultOptions(), ...expected }, rest: ['link', 'show'] })
  })

  test('two dashes end them', () => {
    expect(read('-4 -- -6').rest).toEqual(['-6'])
  })

  test('an unknown one is named with one dash', () => {
    const unknown = (option: string) =>
      expect.objectContaining({ message: `Option "${option}" is unknown, try "ip -help".`, status: 255 })
    expect(() => read('--foo')).toThrow(unknown('-foo'))
    expect(() => read('-jp')).toThrow(unknown('-jp'))
    expect(() => read('-c=maybe')).toThrow(unknown('-c=maybe'))
    expect(() => read('-tr')).toThrow(unknown('-tr'))
  })

  test('what is missing or wrong', () => {
    expect(() => read('-f foo')).toThrow('Error: argument "foo" is wrong: invalid protocol family')
    expect(() => read('-rc x')).toThrow("Invalid rcvbuf size 'x'")
    expect(() => read('-l')).toThrow(/^Usage: ip/)
    expect(() => read('-V')).toThrow(VersionRequest)
  })
})
