import type { rule } from '../../netfilter/index.ts'
import { actions } from './act.ts'
import { comparisons } from './compare.ts'
import { loads } from './load.ts'
import { type Data, type Read, type RuleContext, RuleReader } from './rule-reader.ts'
import type { Shown } from './shown.ts'

const READERS: ReadonlyMap<string, Read> = new Map(Object.entries({ ...loads, ...comparisons, ...actions }))

/**
 * A rule as nft's statements. What is loaded into a register is remembered, and shown where it is compared or used. A question that only
 * makes another one possible, such as that for TCP before a port, is not shown, since nft asks it by itself.
 */
export function ruleStatements(expressions: NonNullable<rule.Rule['expressions']>, context: RuleContext): Shown[] {
  const reader = new RuleReader(context)
  for (const { name, data = {} } of expressions) {
    const read = data instanceof Uint8Array ? undefined : READERS.get(String(name))
    if (read === undefined) reader.unknown(String(name), data instanceof Uint8Array ? {} : (data as Data))
    else read(reader, data as Data)
  }
  return reader.statements
}
