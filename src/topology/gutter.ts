/** A wire's way through the gap between two columns: it comes in on the left and goes out in `to`, on the right or back. */
export interface Crossing {
  readonly from: number
  readonly to: number
  readonly back: boolean
}

/**
 * The order, from left to right, of the upright stretches of wires in a gap; -1 for a wire that needs none. Those that go down are put
 * so that the lowest turns first, those that go up so that the highest does: then they do not cross each other. One that leaves
 * the left in the row where another arrives on the right must turn before it, or they would lie on each other.
 */
export function channels(crossings: readonly Crossing[]): number[] {
  const turning = [...crossings.keys()].filter(
    (index) => crossings[index]!.back || crossings[index]!.from !== crossings[index]!.to,
  )
  const rank = (index: number) => {
    const { from, to } = crossings[index]!
    return to > from ? -from : from
  }
  const order = turning.sort((a, b) => {
    const down = (index: number) => (crossings[index]!.to > crossings[index]!.from ? 0 : 1)
    return down(a) - down(b) || rank(a) - rank(b)
  })
  // Each pass moves one wire; where two want to be before each other no order is right, and any will do.
  for (let pass = 0; pass < order.length * order.length; pass++) {
    const wrong = order.findIndex((late, at) =>
      order.slice(0, at).some((early) => !crossings[early]!.back && crossings[late]!.from === crossings[early]!.to),
    )
    if (wrong < 0) break
    const [moved] = order.splice(wrong, 1)
    const before = order.findIndex((early) => crossings[early]!.to === crossings[moved!]!.from)
    order.splice(before, 0, moved!)
  }
  return crossings.map((_, index) => order.indexOf(index))
}
