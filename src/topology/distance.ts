import type { Wire } from './topology.ts'

/**
 * How many wires each namespace is from the middle of what it hangs together with. The first namespace, which is this host, is such a
 * middle; where it is not, the one is from which the way to the furthest is shortest.
 */
export function distances(count: number, wires: readonly Wire[]): readonly number[] {
  const neighbours = Array.from({ length: count }, () => new Set<number>())
  for (const { ends } of wires) {
    const [a, b] = [ends[0].namespace, ends[1].namespace]
    neighbours[a]!.add(b)
    neighbours[b]!.add(a)
  }
  const from = (start: number) => {
    const found = new Map([[start, 0]])
    // A map's iterator comes to what is added meanwhile.
    for (const [one, distance] of found) {
      for (const next of neighbours[one]!) if (!found.has(next)) found.set(next, distance + 1)
    }
    return found
  }
  const all = new Map<number, number>()
  for (let start = 0; start < count; start++) {
    if (all.has(start)) continue
    let best = from(start)
    const reach = (found: ReadonlyMap<number, number>) => Math.max(...found.values())
    if (start > 0) {
      for (const candidate of [...best.keys()].map(from)) if (reach(candidate) < reach(best)) best = candidate
    }
    for (const [one, distance] of best) all.set(one, distance)
  }
  return Array.from({ length: count }, (_, index) => all.get(index)!)
}
