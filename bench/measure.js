// What the benchmarks share: medians of interleaved rounds, and figures as they are handed to run.js.

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

/** Milliseconds of each contender, the median of `rounds`. They take turns, so that what slows the machine slows all. */
export async function takeTurns(contenders, { rounds = 9, warmUp = 2, before = () => {} } = {}) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      before()
      const began = performance.now()
      const claimed = await contender()
      // What ran as another process may have measured itself.
      const time = typeof claimed === 'number' ? claimed : performance.now() - began
      if (round >= 0) times[name].push(time)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
}

/** `ours` may take at most `bound` times as long as `theirs`. */
export const atMost = (bound, what, unit, ours, peer, theirs) => ({
  what,
  unit,
  ours,
  peer,
  theirs,
  ratio: ours / theirs,
  bound: `<= ${bound}x`,
  ok: ours / theirs <= bound,
})

/** `theirs` takes at least `bound` times as long as `ours`. */
export const faster = (bound, what, unit, ours, peer, theirs) => ({
  what,
  unit,
  ours,
  peer,
  theirs,
  ratio: theirs / ours,
  bound: `>= ${bound}x faster`,
  ok: theirs / ours >= bound,
})

/** A figure with a bound of its own and no peer. */
export const under = (bound, what, unit, ours) => ({
  what,
  unit,
  ours,
  bound: `<= ${bound} ${unit}`,
  ok: ours <= bound,
})

/** A figure that nothing is held to. */
export const note = (what, unit, ours) => ({ what, unit, ours })

/** What could not be measured, and why. */
export const missing = (what, peer, reason) => ({ what, peer, missing: reason })

/** One line that run.js reads. */
export function report(...figures) {
  console.log(JSON.stringify(figures))
}
