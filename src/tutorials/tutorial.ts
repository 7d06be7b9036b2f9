import type { Context, Op } from '../ops/index.ts'

/** A document as data: what it does to a network, step by step, why, and how one can see that it worked. */
export interface Tutorial {
  readonly name: string
  readonly title: string
  readonly author: string
  /** Of the document, YYYY-MM-DD. */
  readonly date: string
  /** How far it goes, and what one knows afterwards. */
  readonly summary: string
  readonly steps: readonly Step[]
}

export interface Step {
  readonly title: string
  /** What is done here and why it is done. */
  readonly why: string
  /** What changes the network, in order. */
  readonly actions: readonly Action[]
  /** What is then looked at. */
  readonly checks: readonly Check[]
}

export interface Action {
  /** What the document has a person type. */
  readonly command: string
  readonly op: Op
}

export interface Check {
  /** The command with which a person would look. */
  readonly command?: string
  /** What is known when it passes. */
  readonly proves: string
  run(context: Context): Promise<Verdict>
}

export interface Verdict {
  readonly passed: boolean
  /** What was seen, in a few words. */
  readonly found: string
}
