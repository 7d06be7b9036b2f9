/** A place in character cells, from the top left. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
  readonly title: string
  /** A switch, in the box of its namespace. */
  readonly inner: boolean
}

export interface Label extends Point {
  readonly text: string
  /** What is down. */
  readonly dim: boolean
}

export interface Line {
  /** Corners: each stretch is level or upright. */
  readonly points: readonly Point[]
  readonly title: string
}

/** A picture in character cells, which every kind of drawing is made from. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly labels: readonly Label[]
  readonly lines: readonly Line[]
}
