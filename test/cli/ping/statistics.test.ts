import { describe, expect, test } from 'vitest'
import { milliseconds, progress, Statistics, shortMilliseconds, summary } from '../../../src/cli/ping/statistics.ts'

const given = (sent: number, replies: readonly (readonly [sequence: number, time: number | undefined])[]) => {
  const statistics = new Statistics()
  for (let i = 0; i < sent; i++) statistics.sent()
  for (const [sequence, time] of replies) statistics.reply(sequence, time)
  return statistics
}
const usual = { elapsed: 2003.4, timed: true, rate: false }

describe("ping's statistics", () => {
  test('are those that iputils prints of the same times', () => {
    // iputils 20221126: ping -c 3 of three replies of these times.
    const statistics = new Statistics()
    for (const [i, time] of [52, 3, 3].entries()) {
      statistics.sent()
      statistics.reply(i + 1, time)
    }
    expect(summary('h', statistics, usual)).toBe(
      '\n--- h ping statistics ---\n3 packets transmitted, 3 received, 0% packet loss, time 2003ms\n' +
        'rtt min/avg/max/mdev = 0.003/0.019/0.052/0.023 ms\n',
    )
  })

  test('three under way at once are a pipe', () => {
    expect(
      summary(
        'h',
        given(3, [
          [1, 10],
          [2, 10],
          [3, 10],
        ]),
        usual,
      ),
    ).toContain('/0.000 ms, pipe 3\n')
  })

  test('loss has six digits at most', () => {
    expect(given(3, [[1, 10]]).loss).toBe('66.6667')
    expect(
      given(3, [
        [1, 10],
        [2, 10],
      ]).loss,
    ).toBe('33.3333')
    expect(
      given(
        1000,
        [...Array(999).keys()].map((i) => [i + 1, 1] as const),
      ).loss,
    ).toBe('0.1')
    expect(given(2, []).loss).toBe('100')
  })

  test('a reply that came before is a duplicate, also after the numbers came round', () => {
    const statistics = given(2, [[1, 100]])
    expect(statistics.reply(1, 100)).toBe(true)
    expect(statistics.reply(2, 100)).toBe(false)
    expect(summary('h', statistics, usual)).toContain(
      '2 packets transmitted, 2 received, +1 duplicates, 0% packet loss',
    )
    for (let i = 0; i < 0x10000; i++) statistics.sent()
    expect(statistics.reply(2, 100)).toBe(false)
  })

  test('errors are counted, and nothing is said of times that there are not', () => {
    const statistics = given(2, [])
    statistics.acknowledge(1)
    statistics.errors++
    expect(summary('h', statistics, usual)).toBe(
      '\n--- h ping statistics ---\n2 packets transmitted, 0 received, +1 errors, 100% packet loss, time 2003ms\npipe 2\n',
    )
    expect(summary('h', given(1, [[1, undefined]]), { ...usual, timed: false })).toMatch(/time 2003ms\n\n$/)
  })

  test('nothing sent is nothing lost', () => {
    expect(summary('h', new Statistics(), { ...usual, elapsed: 0 })).toBe(
      '\n--- h ping statistics ---\n0 packets transmitted, 0 received\n\n',
    )
  })

  test('how many are under way follows from what was acknowledged', () => {
    const statistics = given(5, [[3, 10]])
    expect(statistics.underWay).toBe(2)
    // An older one does not change it.
    statistics.acknowledge(1)
    expect(statistics.underWay).toBe(2)
    expect(statistics.pipe).toBe(5)
  })

  test('a flood says its rate, SIGQUIT how far it is', () => {
    const statistics = given(2, [
      [1, 32],
      [2, 4],
    ])
    expect(summary('h', statistics, { elapsed: 0.097, timed: true, rate: true })).toContain('ipg/ewma 0.097/0.028 ms')
    expect(progress(statistics, true)).toBe('\r2/2 packets, 0% loss, min/avg/ewma/max = 0.004/0.018/0.028/0.032 ms\n')
  })
})

test.each([
  [0, '0.000', '0.000'],
  [7, '0.007', '0.007'],
  [999, '0.999', '0.999'],
  [1234, '1.234', '1.23'],
  [1235, '1.235', '1.24'],
  [9994, '9.994', '9.99'],
  [9995, '9.995', '10.0'],
  [12_349, '12.349', '12.3'],
  [99_949, '99.949', '99.9'],
  [99_950, '99.950', '100'],
  [1_234_567, '1234.567', '1235'],
])('%i microseconds are %s ms, %s for short', (time, long, short) => {
  expect(milliseconds(time)).toBe(long)
  expect(shortMilliseconds(time)).toBe(short)
})
