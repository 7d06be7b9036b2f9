import type { Box, Label, Line, Scene } from './scene.ts'

/** The size of a character cell, in SVG's units. */
const CELL = { width: 8, height: 18 }
const BORDER = 12

/** Follows the reader's choice of light or dark where the viewer knows it. */
const STYLE = `
    svg { color-scheme: light dark; font: 13px ui-monospace, Menlo, Consolas, monospace; }
    .namespace { fill: #f6f8fa; stroke: #57606a; }
    .switch { fill: #ddf4ff; stroke: #0969da; }
    .wire { fill: none; stroke: #1a7f37; stroke-width: 2; stroke-linejoin: round; }
    text { fill: #1f2328; }
    .title { font-weight: bold; }
    .down { fill: #8c959f; }
    @media (prefers-color-scheme: dark) {
      .namespace { fill: #161b22; stroke: #8b949e; }
      .switch { fill: #0c2d6b; stroke: #58a6ff; }
      .wire { stroke: #3fb950; }
      text { fill: #e6edf3; }
    }`

/** A drawing as an SVG document (https://www.w3.org/TR/SVG2/) that needs nothing else. */
export function drawSvg(scene: Scene, title = 'Network topology'): string {
  const width = scene.width * CELL.width + 2 * BORDER
  const height = scene.height * CELL.height + 2 * BORDER
  const parts = [...scene.boxes.map(box), ...scene.lines.map(line), ...scene.labels.map(label)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
  <title>${xml(title)}</title>
  <style>${STYLE}
  </style>
${parts.map((part) => `  ${part}\n`).join('')}</svg>
`
}

/** The middle of a cell. */
const across = (x: number) => BORDER + (x + 0.5) * CELL.width
const down = (y: number) => BORDER + (y + 0.5) * CELL.height

/** From the middle of a row to the upper border of a box that begins in it: the title, which the row is for, stands below that. */
const ABOVE = 8

function box({ x, y, width, height, title, inner }: Box): string {
  const shape = inner ? 'switch' : 'namespace'
  const size = `width="${(width - 1) * CELL.width}" height="${(height - 1) * CELL.height + ABOVE}"`
  const heading = text(x + 2, y, title, 'title')
  return `<rect class="${shape}" x="${across(x)}" y="${down(y) - ABOVE}" ${size} rx="5"/>${heading}`
}

function line({ points, title }: Line): string {
  const path = points.map(({ x, y }) => `${across(x)},${down(y)}`).join(' ')
  return `<polyline class="wire" points="${path}"><title>${xml(title)}</title></polyline>`
}

const label = ({ x, y, text: words, dim }: Label) => text(x, y, words, dim ? 'down' : '')

/** Its length is given, so that it fits whatever font there is. */
function text(x: number, y: number, words: string, shape: string): string {
  const left = BORDER + x * CELL.width
  const length = [...words].length * CELL.width
  const named = shape === '' ? '' : ` class="${shape}"`
  return `<text${named} x="${left}" y="${down(y) + 4}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${xml(words)}</text>`
}

/** Names of links and namespaces may hold any byte but a slash and blanks; XML has no way to write control characters. */
function xml(words: string): string {
  const visible = words.replace(/[\p{Cc}\p{Cs}]/gu, '\u{fffd}')
  return visible.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
