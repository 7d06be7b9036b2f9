import { Graph, layout } from '@dagrejs/dagre'
import { distances } from './distance.ts'
import type { Panel } from './panel.ts'
import type { Wire, WireEnd } from './topology.ts'

/** Where the panels are: columns from left to right, rows in cells. */
export interface Placement {
  /** The column of each panel. */
  readonly columns: readonly number[]
  /** The first row of each panel. */
  readonly tops: readonly number[]
  /** The row in which each wire passes a column that it has no end in, by wire and column. */
  readonly passages: readonly ReadonlyMap<number, number>[]
}

/** dagre's layered layout: wires lead away from the host, join neighbouring columns where they can, and cross as little as it can see to. */
export function place(panels: readonly Panel[], wires: readonly Wire[]): Placement {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 2, edgesep: 2, ranksep: 2 })
  for (const [index, { width, height }] of panels.entries()) graph.setNode(String(index), { width, height })
  const away = distances(panels.length, wires)
  const direction = ({ ends }: Wire) =>
    ends.map(({ namespace }) => namespace).sort((a, b) => away[a]! - away[b]! || a - b) as [number, number]
  for (const [index, wire] of wires.entries()) {
    const [near, far] = direction(wire)
    if (near !== far) graph.setEdge(String(near), String(far), {}, String(index))
  }
  layout(graph)
  const nodes = panels.map((_, index) => graph.node(String(index)) as unknown as { x: number; y: number })
  const centres = [...new Set(nodes.map(({ x }) => x))].sort((a, b) => a - b)
  const passages = wires.map((wire, index) => {
    const [near, far] = direction(wire)
    if (near === far) return new Map<number, number>()
    const edge = graph.edge(String(near), String(far), String(index))
    const { points } = edge as unknown as { points: { x: number; y: number }[] }
    const within = points.filter(({ x }) => centres.includes(x))
    return new Map(within.map(({ x, y }) => [centres.indexOf(x), Math.round(y)]))
  })
  const columns = nodes.map(({ x }) => centres.indexOf(x))
  const tops = nodes.map(({ y }, index) => Math.round(y - panels[index]!.height / 2))
  straighten(panels, wires, columns, tops, passages)
  const first = Math.min(...tops, ...passages.flatMap((rows) => [...rows.values()]))
  return {
    columns,
    tops: tops.map((top) => top - first),
    passages: passages.map((rows) => new Map([...rows].map(([column, row]) => [column, row - first]))),
  }
}

/**
 * Moves the panels of each column to where their wires come from, so that wires are level where they can be: dagre joins panels in their
 * middles, and does not know of rows. A column that wires pass is left as it is.
 */
function straighten(
  panels: readonly Panel[],
  wires: readonly Wire[],
  columns: readonly number[],
  tops: number[],
  passages: readonly ReadonlyMap<number, number>[],
): void {
  const offset = ({ namespace, link }: WireEnd) => panels[namespace]!.rows.get(link)?.y ?? 0
  /** Where a panel's wires from the left would be level on the mean; where it is, if it has none. */
  const level = (panel: number) => {
    const wanted = wires.flatMap(({ ends: [a, b] }) => {
      const [near, far] = a.namespace === panel ? [a, b] : [b, a]
      const comes = near.namespace === panel && columns[far.namespace]! < columns[panel]!
      return comes ? [tops[far.namespace]! + offset(far) - offset(near)] : []
    })
    return wanted.length === 0 ? tops[panel]! : Math.round(wanted.reduce((sum, top) => sum + top) / wanted.length)
  }
  for (let column = 1; column <= Math.max(...columns); column++) {
    if (passages.some((rows) => rows.has(column))) continue
    const stack = [...panels.keys()].filter((panel) => columns[panel] === column)
    let free = Number.NEGATIVE_INFINITY
    for (const [panel, wanted] of stack.map((panel) => [panel, level(panel)] as const).sort((a, b) => a[1] - b[1])) {
      tops[panel] = Math.max(free, wanted)
      free = tops[panel]! + panels[panel]!.height + 1
    }
  }
}
