import type { rule } from '../../netfilter/index.ts'

/** Whether a rule that is there does what is wanted: the kernel says more of an expression than it was told, and what it counted. */
export function isSame({ expressions: found = [] }: rule.Rule, { expressions: wanted = [] }: rule.RuleInput): boolean {
  return (
    found.length === wanted.length &&
    wanted.every((expression, i) =>
      expression?.name === 'counter' ? found[i]?.name === 'counter' : holds(found[i], expression),
    )
  )
}

function holds(found: unknown, wanted: unknown): boolean {
  if (wanted instanceof Uint8Array) return found instanceof Uint8Array && Buffer.compare(found, wanted) === 0
  if (typeof wanted !== 'object' || wanted === null) return found === wanted
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(wanted).every(([key, value]) => holds((found as Record<string, unknown>)[key], value))
}
