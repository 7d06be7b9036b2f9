import { portsOf, type Topology, type TopologyLink, type WireEnd } from './topology.ts'

/** Names in languages that draw graphs: letters and digits only. */
const nodeOf = ({ namespace, link }: WireEnd) => `n${namespace}l${link}`

interface Language {
  readonly head: string
  readonly tail: string
  begin(id: string, name: string): string
  readonly end: string
  node(id: string, lines: readonly string[], isSwitch: boolean): string
  /** A port and its switch. */
  port(id: string, master: string): string
  wire(from: string, to: string, kind: string): string
}

function write(topology: Topology, language: Language): string {
  const lines = [language.head]
  for (const [position, namespace] of topology.namespaces.entries()) {
    const id = (link: TopologyLink) => nodeOf({ namespace: position, link: link.index })
    lines.push(language.begin(`n${position}`, namespace.name))
    for (const link of namespace.links) {
      const state = link.up ? [] : ['down']
      const kind = link.kind === undefined || link.kind === 'veth' ? [] : [link.kind]
      const isSwitch = link.kind === 'bridge' || portsOf(namespace, link).length > 0
      lines.push(language.node(id(link), [link.name, ...kind, ...link.addresses, ...state], isSwitch))
    }
    for (const link of namespace.links) {
      for (const port of portsOf(namespace, link)) lines.push(language.port(id(port), id(link)))
    }
    lines.push(language.end)
  }
  for (const { ends, kind } of topology.wires) lines.push(language.wire(nodeOf(ends[0]), nodeOf(ends[1]), kind))
  lines.push(language.tail)
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}

/** The same as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), for Markdown. */
export function drawMermaid(topology: Topology): string {
  // Mermaid has entity codes of its own; a hash begins them.
  const quoted = (text: string) => `"${text.replace(/[^\w ./:()-]/gu, (one) => `#${one.codePointAt(0)};`)}"`
  return write(topology, {
    head: 'flowchart LR',
    tail: '',
    begin: (id, name) => `  subgraph ${id}[${quoted(name)}]`,
    end: '  end',
    node: (id, lines, isSwitch) => {
      const text = `"${lines.map((line) => quoted(line).slice(1, -1)).join('<br>')}"`
      return isSwitch ? `    ${id}{{${text}}}` : `    ${id}[${text}]`
    },
    port: (id, master) => `    ${master} --- ${id}`,
    wire: (from, to, kind) => (kind === 'veth' ? `  ${from} === ${to}` : `  ${from} -. ${quoted(kind)} .- ${to}`),
  })
}

/** The same in Graphviz's language (https://graphviz.org/doc/info/lang.html). */
export function drawDot(topology: Topology): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  const quoted = (...lines: readonly string[]) => `"${lines.map(escaped).join('\\n')}"`
  return write(topology, {
    head: 'graph topology {\n  rankdir=LR\n  node [shape=box fontname=monospace]\n  graph [fontname=monospace]',
    tail: '}',
    begin: (id, name) => `  subgraph cluster_${id} {\n    label=${quoted(name)}`,
    end: '  }',
    node: (id, lines, isSwitch) => `    ${id} [label=${quoted(...lines)}${isSwitch ? ' shape=hexagon' : ''}]`,
    port: (id, master) => `    ${master} -- ${id}`,
    wire: (from, to, kind) =>
      `  ${from} -- ${to} [${kind === 'veth' ? 'penwidth=2' : `style=dashed label=${quoted(kind)}`}]`,
  })
}
