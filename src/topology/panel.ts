import type { Box, Label } from './scene.ts'
import { caption, portsOf, type TopologyLink, type TopologyNamespace } from './topology.ts'

/** Where a wire meets a link: the row, and the first and the last cell of what stands there. */
export interface Row {
  readonly y: number
  readonly left: number
  readonly right: number
}

/** A namespace's box, with its corner at 0, 0. */
export interface Panel {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly labels: readonly Label[]
  readonly rows: ReadonlyMap<number, Row>
}

/** From a border to the text in it: the border and a blank. */
const INSET = 2

/** A line for each link, and a box for each that has ports, with a line for each of those. */
export function panelOf(namespace: TopologyNamespace): Panel {
  const free = namespace.links.filter(({ master }) => !namespace.links.some(({ index }) => index === master))
  const groups = free.map((link) => ({ link, ports: portsOf(namespace, link) }))
  const isSwitch = ({ link, ports }: (typeof groups)[number]) => ports.length > 0 || link.kind === 'bridge'
  const text = (link: TopologyLink) => caption(link, namespace)
  const widths = groups.flatMap((group) =>
    isSwitch(group)
      ? [text(group.link).length + 6 + 2 * INSET, ...group.ports.map((port) => text(port).length + 4 * INSET)]
      : [text(group.link).length + 2 * INSET],
  )
  const width = Math.max(namespace.name.length + 6, 12, ...widths)
  const boxes: Box[] = []
  const labels: Label[] = []
  const rows = new Map<number, Row>()
  let y = 1
  const put = (link: TopologyLink, x: number) => {
    labels.push({ x, y, text: text(link), dim: !link.up })
    rows.set(link.index, { y, left: x, right: x + text(link).length - 1 })
    y++
  }
  for (const group of groups) {
    if (!isSwitch(group)) {
      put(group.link, INSET)
      continue
    }
    const top = y
    rows.set(group.link.index, { y, left: INSET, right: width - 1 - INSET })
    y++
    for (const port of group.ports) put(port, 2 * INSET)
    y++
    const size = { x: INSET, y: top, width: width - 2 * INSET, height: y - top }
    boxes.push({ ...size, title: text(group.link), inner: true })
  }
  const height = Math.max(y + 1, 3)
  return {
    width,
    height,
    boxes: [{ x: 0, y: 0, width, height, title: namespace.name, inner: false }, ...boxes],
    labels,
    rows,
  }
}
