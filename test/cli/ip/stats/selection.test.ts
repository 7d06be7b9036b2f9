import { describe, expect, test } from 'vitest'
import { LEVELS, type Level, Selection } from '../../../../src/cli/ip/stats/selection.ts'

function select(line: string): string[] {
  const selection = new Selection()
  const words = line.split(' ').filter(Boolean)
  for (let i = 0; i < words.length; i += 2) {
    expect(LEVELS).toContain(words[i])
    selection.choose(words[i] as Level, words[i + 1]!)
  }
  return selection.suites().map(({ path }) => path.join(' '))
}

describe('which counters ip stats shows', () => {
  test('all of them', () => expect(select('')).toHaveLength(11))

  test.each([
    ['group link', ['link']],
    ['group xstats subgroup bridge', ['xstats bridge mcast', 'xstats bridge stp']],
    ['group xstats subgroup bridge suite stp', ['xstats bridge stp']],
    ['group offload subgroup cpu_hit group link', ['link', 'offload cpu_hit']],
    ['group offload subgroup cpu_hit subgroup l3_stats', ['offload l3_stats', 'offload cpu_hit']],
  ])('%s', (line, paths) => expect(select(line)).toEqual(paths))

  test.each([
    ['group foo', 'Error: no group named foo found inside top-level'],
    ['group xstats subgroup foo', 'Error: no subgroup named foo found inside xstats'],
    ['group link subgroup foo', 'Error: subgroup foo requested inside leaf group link'],
    ['suite foo', 'Error: suite foo requested without selecting a group first'],
    ['group xstats suite foo', 'Error: suite foo requested without selecting a subgroup first'],
  ])('not %s', (line, message) => {
    expect(() => select(line)).toThrow(expect.objectContaining({ message, status: 22 }))
  })
})
