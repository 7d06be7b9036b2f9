import { link } from '../../rtnl/index.ts'
import { cTruncated } from '../grammar/index.ts'
import type { Printer } from '../print/index.ts'

/** `state forwarding `, or the number where it has no name. */
export function printState(state: string | number, printer: Printer): void {
  printer.field('state', state, typeof state === 'string' ? 'state % ' : 'state (%) ')
}

/** A state of the spanning tree by its name, or as a decimal number; undefined where it is neither. */
export function readState(word: string): number | undefined {
  const number = cTruncated(word, 10)
  if (number !== undefined) return number
  return Object.hasOwn(link.PORT_STATES, word) ? link.PORT_STATES[word as keyof typeof link.PORT_STATES] : undefined
}
