import { IptablesError } from './failure.ts'
import type { StoredChain, StoredRule, StoredTable } from './ruleset.ts'

// Expressions that iptables takes for its own, whoever wrote them.
const KNOWN: ReadonlySet<string> = new Set([
  'match',
  'target',
  'payload',
  'meta',
  'cmp',
  'bitwise',
  'counter',
  'immediate',
  'lookup',
  'range',
])

/** Whether iptables can list all rules of a table. */
export function isCompatible({ chains }: StoredTable): boolean {
  return chains.every(isCompatibleChain)
}

const isCompatibleChain = ({ rules }: StoredChain) => rules.every(isCompatibleRule)

function isCompatibleRule({ expressions }: StoredRule): boolean {
  return expressions.every(({ name, data }) => {
    if (KNOWN.has(String(name))) return true
    if (data === undefined || data instanceof Uint8Array) return false
    if (name === 'limit') return 'rate' in data && data.type === 'packets' && (data.flags ?? []).length === 0
    return name === 'log' && 'group' in data && data.group !== undefined
  })
}

/** What is said of a table that has base chains of somebody else. */
export const tainted = (name: string) =>
  `# Table \`${name}' contains incompatible base-chains, use 'nft' tool to list them.\n`

/** Throws IptablesError where a table, or the chain of this name, has rules that iptables has no words for. */
export function assertListable(table: StoredTable, chain: string | undefined, write: (text: string) => void): void {
  const { name } = table.builtin
  const found = chain === undefined ? undefined : table.find(chain)
  const isListable = chain === undefined ? isCompatible(table) : found !== undefined && isCompatibleChain(found)
  if (!isListable) {
    const which = chain === undefined ? '' : `chain \`${chain}' in `
    throw new IptablesError(`${which}table \`${name}' is incompatible, use 'nft' tool.`, 'other')
  }
  if (table.tainted) write(tainted(name))
}
