import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Pacer } from '../../../src/cli/ping/pacer.ts'

/** When requests are sent, by a clock that is asked when the pacer says, and late by what `delay` gives. */
function sendings(pacer: Pacer, count: number, delay: (i: number) => number = () => 0): number[] {
  const times: number[] = []
  let now = 0
  while (times.length < count) {
    const wait = pacer.wait(now, 1)
    if (wait > 0) now += wait + delay(times.length)
    else {
      times.push(now)
      now += Math.max(pacer.next, 0)
    }
  }
  return times
}

describe('requests are paced', () => {
  test('one an interval', () => {
    expect(sendings(new Pacer(1000, 1), 4)).toEqual([0, 1000, 2000, 3000])
  })

  test('some at once at the beginning', () => {
    expect(sendings(new Pacer(1000, 3), 5)).toEqual([0, 0, 0, 1000, 2000])
  })

  test('an interval of nothing sends as soon as an answer is there, or a hundred a second', () => {
    const pacer = new Pacer(0, 1)
    expect(pacer.wait(0, 0)).toBe(0)
    expect(pacer.wait(1, 1)).toBe(9)
    expect(pacer.wait(1, 0)).toBe(0)
    expect(pacer.wait(11, 1)).toBe(0)
  })

  test('never more than the preload beyond the rate, however late the clock is', () => {
    const delays = fc.array(fc.nat(5000), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 5 }),
        delays,
        (interval, preload, late) => {
          const times = sendings(new Pacer(interval, preload), 30, (i) => late[i % late.length]!)
          for (const [i, time] of times.entries())
            expect(i + 1).toBeLessThanOrEqual(preload + Math.floor(time / interval))
        },
      ),
    )
  })
})
