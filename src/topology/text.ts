import type { Point, Scene } from './scene.ts'

/** How a drawing shows what is down; plain unless told. */
export interface TextStyle {
  dim(text: string): string
}

const UP = 1
const RIGHT = 2
const DOWN = 4
const LEFT = 8

/** Light box-drawing characters by the sides that they reach. */
const LIGHT = [' ', '╵', '╶', '└', '╷', '│', '┌', '├', '╴', '┘', '─', '┴', '┐', '┤', '┬', '┼']
const HEAVY = [' ', '╹', '╺', '┗', '╻', '┃', '┏', '┣', '╸', '┛', '━', '┻', '┓', '┫', '┳', '╋']
/** Heavy borders that light lines meet, by the heavy sides and the light ones. */
const MIXED: Readonly<Record<string, string>> = {
  '5,2': '┠',
  '5,8': '┨',
  '5,10': '╂',
  '10,1': '┷',
  '10,4': '┯',
  '10,5': '┿',
}

/** A drawing for terminals: one line of text a row, of box-drawing characters (Unicode U+2500 to U+257F). */
export function drawText(scene: Scene, style: TextStyle = { dim: (text) => text }): string {
  const canvas = new Canvas(scene.width, scene.height)
  for (const { points } of scene.lines) canvas.stroke(points, 'light')
  for (const { x, y, width, height, title, inner } of scene.boxes) {
    const [right, bottom] = [x + width - 1, y + height - 1]
    const corners = [
      { x, y },
      { x: right, y },
      { x: right, y: bottom },
      { x, y: bottom },
      { x, y },
    ]
    canvas.stroke(corners, inner ? 'heavy' : 'light')
    canvas.write(x + 2, y, ` ${title} `, (text) => text)
  }
  for (const { x, y, text, dim } of scene.labels) canvas.write(x, y, text, dim ? style.dim : (plain) => plain)
  return canvas.toString()
}

class Canvas {
  readonly #rows: { light: number; heavy: number; text: string | undefined }[][]

  constructor(width: number, height: number) {
    this.#rows = Array.from({ length: height }, () =>
      Array.from({ length: width }, () => ({ light: 0, heavy: 0, text: undefined })),
    )
  }

  stroke(points: readonly Point[], weight: 'light' | 'heavy'): void {
    for (let index = 1; index < points.length; index++) this.#stretch(points[index - 1]!, points[index]!, weight)
  }

  #stretch(from: Point, to: Point, weight: 'light' | 'heavy'): void {
    const [dx, dy] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)]
    const [leaving, arriving] = dx > 0 ? [RIGHT, LEFT] : dx < 0 ? [LEFT, RIGHT] : dy > 0 ? [DOWN, UP] : [UP, DOWN]
    let { x, y } = from
    while (x !== to.x || y !== to.y) {
      this.#mark(x, y, weight, leaving)
      x += dx
      y += dy
      this.#mark(x, y, weight, arriving)
    }
  }

  #mark(x: number, y: number, weight: 'light' | 'heavy', side: number): void {
    const cell = this.#rows[y]?.[x]
    if (cell !== undefined) cell[weight] |= side
  }

  write(x: number, y: number, text: string, style: (text: string) => string): void {
    // A name may hold what would be an order to the terminal.
    for (const [index, character] of [...text.replace(/[\p{Cc}\p{Cs}]/gu, '\u{fffd}')].entries()) {
      const cell = this.#rows[y]?.[x + index]
      if (cell !== undefined) cell.text = style(character)
    }
  }

  toString(): string {
    return this.#rows.map((row) => `${row.map(character).join('').trimEnd()}\n`).join('')
  }
}

function character({ light, heavy, text }: { light: number; heavy: number; text: string | undefined }): string {
  if (text !== undefined) return text
  if (heavy === 0) return LIGHT[light]!
  const more = light & ~heavy
  return (more === 0 ? undefined : MIXED[`${heavy},${more}`]) ?? HEAVY[heavy]!
}
