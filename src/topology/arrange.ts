import { type Crossing, channels } from './gutter.ts'
import { type Panel, panelOf } from './panel.ts'
import { type Placement, place } from './place.ts'
import type { Line, Point, Scene } from './scene.ts'
import type { Topology, Wire, WireEnd } from './topology.ts'

/** A wire with the end first that is further to the left. */
interface Route {
  readonly ends: readonly [WireEnd, WireEnd]
  readonly first: number
  readonly last: number
  /** The row in each gap between columns that it goes through, on the left, and on the right of the last. */
  readonly rows: readonly number[]
  readonly title: string
}

interface Columns {
  readonly lefts: readonly number[]
  readonly widths: readonly number[]
  /** Where the wire of each route turns in a gap, by the gap. */
  readonly turns: readonly ReadonlyMap<number, number>[]
  readonly width: number
}

/** Lays out namespaces from left to right, by what wires join, and the wires in the gaps between, none on another. */
export function arrange(topology: Topology): Scene {
  const panels = topology.namespaces.map(panelOf)
  if (panels.length === 0) return { width: 0, height: 0, boxes: [], labels: [], lines: [] }
  const placement = place(panels, topology.wires)
  const routes = topology.wires.flatMap((wire, index) => routeOf(topology, panels, placement, wire, index))
  const columns = columnsOf(panels, placement, routes)
  const moved = panels.map((panel, index) => {
    const column = placement.columns[index]!
    const by = { x: columns.lefts[column]!, y: placement.tops[index]! }
    const wider = columns.widths[column]! - panel.width
    return {
      boxes: panel.boxes.map((box) => ({ ...box, x: box.x + by.x, y: box.y + by.y, width: box.width + wider })),
      labels: panel.labels.map((label) => ({ ...label, x: label.x + by.x, y: label.y + by.y })),
    }
  })
  const lines = routes.map((route, index) => lineOf(route, columns, panels, columns.turns[index]!))
  const lowest = lines.flatMap(({ points }) => points.map(({ y }) => y + 1))
  return {
    width: columns.width,
    height: Math.max(...panels.map(({ height }, index) => placement.tops[index]! + height), ...lowest),
    boxes: moved.flatMap(({ boxes }) => boxes),
    labels: moved.flatMap(({ labels }) => labels),
    lines,
  }
}

function routeOf(
  { namespaces }: Topology,
  panels: readonly Panel[],
  { columns, tops, passages }: Placement,
  { ends, kind }: Wire,
  index: number,
): Route[] {
  const [a, b] = ends
  const [left, right] = columns[a.namespace]! <= columns[b.namespace]! ? [a, b] : [b, a]
  const rowOf = ({ namespace, link }: WireEnd) => {
    const row = panels[namespace]!.rows.get(link)
    return row === undefined ? undefined : tops[namespace]! + row.y
  }
  const [from, to] = [rowOf(left), rowOf(right)]
  // A link that came after the list of links was read.
  if (from === undefined || to === undefined) return []
  const [first, last] = [columns[left.namespace]!, columns[right.namespace]!]
  const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, step) => {
    return passages[index]!.get(first + 1 + step) ?? from
  })
  const name = ({ namespace, link }: WireEnd) => {
    const { name: where, links } = namespaces[namespace]!
    return `${where}: ${links.find((one) => one.index === link)!.name}`
  }
  return [
    {
      ends: [left, right],
      first,
      last,
      rows: [from, ...between, to],
      title: `${name(left)} - ${name(right)} (${kind})`,
    },
  ]
}

/** The places of the columns, with a gap after each that is wide enough for the wires that turn in it. */
function columnsOf(panels: readonly Panel[], placement: Placement, routes: readonly Route[]): Columns {
  const count = Math.max(...placement.columns) + 1
  const lefts: number[] = []
  const widths: number[] = []
  const turns = routes.map(() => new Map<number, number>())
  let x = 0
  for (let column = 0; column < count; column++) {
    const width = Math.max(
      ...panels.filter((_, index) => placement.columns[index] === column).map((panel) => panel.width),
    )
    lefts.push(x)
    widths.push(width)
    x += width
    const through = [...routes.keys()].filter((index) => isIn(routes[index]!, column))
    const order = channels(through.map((index) => crossingOf(routes[index]!, column)))
    for (const [at, index] of through.entries()) if (order[at]! >= 0) turns[index]!.set(column, x + 2 + 2 * order[at]!)
    if (column < count - 1) x += Math.max(4, 2 * Math.max(0, ...order.map((one) => one + 1)) + 3)
    else x += 2 * Math.max(0, ...order.map((one) => one + 1)) + (through.length > 0 ? 1 : 0)
  }
  return { lefts, widths, turns, width: x }
}

const isIn = ({ first, last }: Route, column: number) =>
  column >= first && (column < last || (first === last && column === first))

function crossingOf({ first, last, rows }: Route, column: number): Crossing {
  const step = column - first
  return { from: rows[step]!, to: rows[step + 1]!, back: first === last }
}

function lineOf(
  { ends, first, last, rows, title }: Route,
  { lefts, widths }: Columns,
  panels: readonly Panel[],
  turns: ReadonlyMap<number, number>,
): Line {
  const [left, right] = ends
  const start = lefts[first]! + panels[left.namespace]!.rows.get(left.link)!.right + 2
  const row = panels[right.namespace]!.rows.get(right.link)!
  const end = first === last ? lefts[last]! + row.right + 2 : lefts[last]! + row.left - 1
  const points: Point[] = [{ x: Math.min(start, lefts[first]! + widths[first]! - 1), y: rows[0]! }]
  for (let column = first; column < Math.max(last, first + 1); column++) {
    const x = turns.get(column)
    if (x === undefined) continue
    points.push({ x, y: rows[column - first]! }, { x, y: rows[column - first + 1]! })
  }
  points.push({ x: end, y: rows.at(-1)! })
  return { points, title }
}
