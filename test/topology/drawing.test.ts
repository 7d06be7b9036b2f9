import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arrange,
  drawDot,
  drawMermaid,
  drawSvg,
  drawText,
  type Point,
  type Topology,
  type TopologyLink,
  type Wire,
} from '../../src/topology/index.ts'

const link = (index: number, name: string, more: Partial<TopologyLink> = {}): TopologyLink => ({
  index,
  name,
  kind: 'veth',
  up: true,
  mtu: 1500,
  addresses: [],
  master: undefined,
  on: undefined,
  ...more,
})
const wire = (a: readonly [number, number], b: readonly [number, number], kind = 'veth'): Wire => ({
  kind,
  ends: [
    { namespace: a[0], link: a[1] },
    { namespace: b[0], link: b[1] },
  ],
})

/** Two containers on a bridge, and a way out. */
const lab: Topology = {
  namespaces: [
    {
      name: 'host',
      links: [
        link(2, 'eth0', { addresses: ['172.17.0.2/16'] }),
        link(3, 'br0', { kind: 'bridge', addresses: ['10.0.0.5/24'] }),
        link(4, 'veth-red-br', { master: 3 }),
        link(5, 'veth-blue-br', { master: 3, up: false }),
        link(6, 'vxlan1', { kind: 'vxlan', on: 2 }),
      ],
    },
    { name: 'red', links: [link(2, 'veth-red', { addresses: ['10.0.0.1/24'] })] },
    { name: 'blue', links: [link(2, 'veth-blue', { up: false })] },
    { name: 'internet', links: [link(7, 'up0', { addresses: ['172.17.0.1/16', '8.8.8.8/32'] })] },
  ],
  wires: [wire([0, 4], [1, 2]), wire([0, 5], [2, 2]), wire([0, 2], [3, 7])],
}

describe('a drawing of namespaces, switches and wires', () => {
  test('as text', () => {
    expect(`\n${drawText(arrange(lab))}`).toBe(`
┌─ host ─────────────────────────┐       ┌─ internet ───────────────────┐
│ eth0 172.17.0.2/16 ╶───────────┼───────┼╴up0 172.17.0.1/16 8.8.8.8/32 │
│ ┏━ br0 (bridge) 10.0.0.5/24 ━┓ │       └──────────────────────────────┘
│ ┃ veth-red-br ╶──────────────╂─┼────┐
│ ┃ veth-blue-br down ╶────────╂─┼──┐ │  ┌─ red ────────────────────────┐
│ ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛ │  │ └──┼╴veth-red 10.0.0.1/24         │
│ vxlan1 (vxlan on eth0)         │  │    └──────────────────────────────┘
└────────────────────────────────┘  │
                                    │    ┌─ blue ───────────────────────┐
                                    └────┼╴veth-blue down               │
                                         └──────────────────────────────┘
`)
  })

  test('of nothing is empty, and a namespace without links is a box', () => {
    expect(drawText(arrange({ namespaces: [], wires: [] }))).toBe('')
    const text = drawText(arrange({ namespaces: [{ name: 'red', links: [] }], wires: [] }))
    expect(text).toBe('┌─ red ────┐\n│          │\n└──────────┘\n')
  })

  test('wires lead away from the host, and elsewhere from the middle, whatever the order', () => {
    const names = ['host', 'a1', 'a', 'b', 'b1', 'x', 'router', 'y']
    const eth = [link(2, 'eth0'), link(3, 'eth1')]
    const namespaces = names.map((name) => ({ name, links: eth }))
    const wires = [
      wire([1, 2], [2, 2]),
      wire([0, 2], [2, 3]),
      wire([3, 2], [0, 3]),
      wire([4, 2], [3, 3]),
      wire([5, 2], [6, 2]),
      wire([6, 3], [7, 2]),
    ]
    const { boxes } = arrange({ namespaces, wires })
    const columns = [...new Set(boxes.map(({ x }) => x))].sort((one, other) => one - other)
    const places = boxes.map(({ title, x }) => [title, columns.indexOf(x)])
    expect(Object.fromEntries(places)).toEqual({ host: 0, a: 1, b: 1, a1: 2, b1: 2, router: 0, x: 1, y: 1 })
  })

  test('both ends of a wire in one namespace', () => {
    const links = [link(2, 'a0'), link(3, 'a1', { addresses: ['10.0.0.1/30'] })]
    expect(drawText(arrange({ namespaces: [{ name: 'host', links }], wires: [wire([0, 2], [0, 3])] }))).toBe(
      ['┌─ host ─────────┐', '│ a0 ╶───────────┼──┐', '│ a1 10.0.0.1/30 ├──┘', '└────────────────┘', ''].join('\n'),
    )
  })

  test('what is down is dimmed where the terminal can', () => {
    const style = { dim: (text: string) => `<${text}>` }
    const text = drawText(
      arrange({ namespaces: [{ name: 'n', links: [link(2, 'x', { up: false })] }], wires: [] }),
      style,
    )
    expect(text).toContain('<x>< ><d><o><w><n>')
  })

  test('a name gives no orders to the terminal', () => {
    const links = [link(1, 'a\u001b[2Jb\u009bc')]
    expect(drawText(arrange({ namespaces: [{ name: 'x\u0007', links }], wires: [] }))).toMatch(
      /x\ufffd .*\n.*a\ufffd\[2Jb\ufffdc/,
    )
  })

  test('as SVG, with nothing that a name could break', () => {
    const svg = drawSvg(
      arrange({ ...lab, namespaces: [{ name: '<&"\u0001>', links: lab.namespaces[0]!.links }], wires: [] }),
      'a<b',
    )
    expect(svg).toContain('<title>a&lt;b</title>')
    expect(svg).toContain('>&lt;&amp;&quot;\u{fffd}&gt;</text>')
    expect(drawSvg(arrange(lab)).match(/<polyline/g)).toHaveLength(3)
    // No text lies on another, and each has a row of its own in its box.
    const lines = [...drawSvg(arrange(lab)).matchAll(/<text[^>]* x="(\d+)" y="(\d+)" textLength="(\d+)"/g)]
    const texts = lines.map(([, x, y, length]) => ({ x: Number(x), y: Number(y), right: Number(x) + Number(length) }))
    expect(texts).toHaveLength(12)
    for (const [at, a] of texts.entries()) {
      for (const b of texts.slice(at + 1)) {
        expect(Math.abs(a.y - b.y) >= 18 || a.right < b.x || b.right < a.x).toBe(true)
      }
    }
    expect(drawSvg(arrange(lab))).toContain('host: veth-red-br - red: veth-red (veth)')
  })

  test('as Mermaid and as DOT', () => {
    expect(drawMermaid(lab)).toContain('    n0l3{{"br0<br>bridge<br>10.0.0.5/24"}}\n')
    expect(drawMermaid(lab)).toContain('    n0l3 --- n0l4\n')
    expect(drawMermaid(lab)).toContain('  n0l4 === n1l2\n')
    expect(drawDot(lab)).toContain('    n0l3 [label="br0\\nbridge\\n10.0.0.5/24" shape=hexagon]\n')
    expect(drawDot(lab)).toContain('  n0l4 -- n1l2 [penwidth=2]\n')
    const odd: Topology = { namespaces: [{ name: 'a"b', links: [link(2, 'x]"\\')] }], wires: [] }
    expect(drawMermaid(odd)).toContain('["a#34;b"]')
    expect(drawDot(odd)).toContain('label="x]\\"\\\\"')
  })
})

describe('any topology', () => {
  /** Namespaces with free links, each wire between two that have none yet. */
  const topologies = fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 7 }),
      switches: fc.boolean(),
      pairs: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }),
    })
    .map(({ sizes, switches, pairs }): Topology => {
      const free = sizes.flatMap((size, namespace) =>
        Array.from({ length: size }, (_, at) => ({ namespace, link: at + 2 })),
      )
      const wires = pairs.flatMap(([a, b]): Wire[] => {
        if (free.length < 2) return []
        const [first] = free.splice(a % free.length, 1)
        const [second] = free.splice(b % free.length, 1)
        return [{ kind: 'veth', ends: [first!, second!] }]
      })
      const namespaces = sizes.map((size, namespace) => ({
        name: `ns${namespace}`,
        links: [
          link(1, 'br', { kind: 'bridge' }),
          ...Array.from({ length: size }, (_, at) => link(at + 2, `v${at}`, { master: switches ? 1 : undefined })),
        ],
      }))
      return { namespaces, wires }
    })

  test('boxes do not touch, wires are level or upright, and nothing is outside', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const scene = arrange(topology)
        const outer = scene.boxes.filter(({ inner }) => !inner)
        expect(outer).toHaveLength(topology.namespaces.length)
        expect(scene.lines).toHaveLength(topology.wires.length)
        for (const [at, a] of outer.entries()) {
          for (const b of outer.slice(at + 1)) {
            const apart = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
            expect(apart).toBe(true)
          }
        }
        const isInside = ({ x, y }: Point) => x >= 0 && y >= 0 && x < scene.width && y < scene.height
        for (const { points } of scene.lines) {
          expect(points.every(isInside)).toBe(true)
          const stretches = points.slice(1).map((to, at) => [points[at]!, to] as const)
          expect(stretches.every(([from, to]) => from.x === to.x || from.y === to.y)).toBe(true)
          const own = [points[0]!, points.at(-1)!]
          for (const { x, y, width, height } of outer) {
            const holds = (point: Point) => point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
            if (own.some(holds)) continue
            for (const [from, to] of stretches) {
              const beside = Math.max(from.x, to.x) < x || Math.min(from.x, to.x) >= x + width
              const above = Math.max(from.y, to.y) < y || Math.min(from.y, to.y) >= y + height
              expect(beside || above).toBe(true)
            }
          }
        }
        for (const { x, y, text } of scene.labels) {
          const around = outer.some(
            (box) => x > box.x && x + text.length < box.x + box.width && y > box.y && y < box.y + box.height - 1,
          )
          expect(around).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
