import type { Context, Op } from '../ops/index.ts'

/** A document as data: what it does to a network, step by step, why, and how one can see that it worked. */
export interface Tutorial {
  readonly name: string
  readonly title: string
  /** Undefined where the document does not say. */
  readonly author?: string
  /** Of the document, YYYY-MM-DD. */
  readonly date: string
  /** How far it goes, and what one knows afterwards. */
  readonly summary: string
  readonly steps: readonly Step[]
  /** What the document has a person type that a disposable host makes unnecessary. */
  readonly unneeded?: readonly Unneeded[]
}

export interface Unneeded {
  readonly command: string
  readonly why: string
}

export interface Step {
  readonly title: string
  /** What is done here and why it is done. */
  readonly why: string
  /** Whether the document begins anew here: what was done before is taken back first. */
  readonly anew?: boolean
  /** Why this step cannot be made here; undefined where it can. It is then skipped. */
  readonly unable?: (context: Context) => Promise<string | undefined>
  /** What changes the network, in order. */
  readonly actions: readonly Action[]
  /** What is then looked at. */
  readonly checks: readonly Check[]
}

export type Action = Doing | Undoing | Mistake

interface Typed {
  /** What the document has a person type. */
  readonly command: string
  /** Why it is typed here though the document does not have it, or not so. */
  readonly correction?: string
}

/** A change. */
export interface Doing extends Typed {
  readonly op: Op
}

/** Takes back what earlier actions did, the last of them first. */
export interface Undoing extends Typed {
  readonly undo: readonly Op[]
}

/** A command of the document that is refused. It is tried all the same, for the error that it gives; were it done, the step would fail. */
export interface Mistake {
  readonly command: string
  /** What is wrong with it. */
  readonly mistake: string
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
