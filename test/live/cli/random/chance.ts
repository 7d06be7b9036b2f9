/** Numbers that a seed decides (mulberry32). */
export interface Chance {
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number
  /** True in so many cases of a hundred. */
  percent(cases: number): boolean
  pick<T>(items: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, percent: (cases) => below(100) < cases, pick: (items) => items[below(items.length)]! }
}
