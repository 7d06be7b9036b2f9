import type { rule } from '../../netfilter/index.ts'
import { holds } from '../holds.ts'

/** Whether a rule that is there does what is wanted: the kernel says more of an expression than it was told, and what it counted. */
export function isSame({ expressions: found = [] }: rule.Rule, { expressions: wanted = [] }: rule.RuleInput): boolean {
  return (
    found.length === wanted.length &&
    wanted.every((expression, i) =>
      expression?.name === 'counter' ? found[i]?.name === 'counter' : holds(found[i], expression),
    )
  )
}
