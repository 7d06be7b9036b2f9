import { neighbour } from '../../../rtnl/index.ts'
import { abbreviates, cNumber } from '../../grammar/index.ts'

export type State = keyof typeof neighbour.NEIGHBOUR_STATES

const ABBREVIABLE: readonly State[] = ['permanent', 'reachable']
const WHOLE: readonly (State | 'none')[] = ['noarp', 'none', 'stale', 'incomplete', 'delay', 'probe']

/** The state of a word after `nud`, or of a number with at most one bit; an empty list for `none`. Undefined for no state. */
export function readState(word: string): readonly State[] | undefined {
  const found =
    ABBREVIABLE.find((state) => abbreviates(word, state)) ??
    WHOLE.find((state) => state === word) ??
    (abbreviates(word, 'failed') ? 'failed' : undefined)
  if (found !== undefined) return found === 'none' ? [] : [found]
  const bit = cNumber(word, 0, 0xff)
  if (bit === undefined || (bit & (bit - 1)) !== 0) return undefined
  return bit === 0 ? [] : ALL_STATES.filter((state) => neighbour.NEIGHBOUR_STATES[state] === bit)
}

/** All states in the order in which they are shown. */
export const ALL_STATES = Object.keys(neighbour.NEIGHBOUR_STATES) as State[]
