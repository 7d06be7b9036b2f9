import { currentSandbox, type NetnsTarget } from '../../ops/index.ts'

/** The world outside the sandbox, which has no name. */
export const OUTSIDE = Symbol('the outside world')

/** From where one looks: a namespace by its name, the outside world, or, undefined, the host itself. */
export type Place = string | typeof OUTSIDE | undefined

/** The words around a check. */
export interface Wording {
  readonly command?: string
  readonly proves: string
  /** Where it is looked at; the host itself unless told. */
  readonly netns?: Place
}

/** The namespace of a place. */
export function namespaceAt(place: Place): NetnsTarget {
  if (place !== OUTSIDE) return place
  const outside = currentSandbox()?.outside
  if (outside === undefined) throw new Error('this process is in no sandbox that has an outside world')
  return outside
}

/** A list in words. */
export function words(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
