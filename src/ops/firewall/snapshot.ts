import { chain, rule, set, table } from '../../netfilter/index.ts'
import { unless } from '../missing.ts'
import type { NetnsTarget } from '../target.ts'
import { withNetfilter } from './netfilter.ts'

/** The rule set of a network namespace, of all families, without what it counted. */
export interface FirewallSnapshot {
  readonly tables: readonly Partial<table.Table>[]
  readonly chains: readonly Partial<chain.Chain>[]
  readonly rules: readonly Partial<rule.Rule>[]
  readonly sets: readonly Partial<set.NftSet>[]
}

const nothing: FirewallSnapshot = { tables: [], chains: [], rules: [], sets: [] }

/** Dumps the rule set; nothing where the kernel has no nf_tables. */
export async function firewallOf(netns: NetnsTarget): Promise<FirewallSnapshot> {
  const dump = withNetfilter(netns, {}, async (socket) => ({
    tables: (await socket.request(table.list())).map(withoutGeneration),
    chains: (await socket.request(chain.list())).map(({ counters, ...rest }) => withoutGeneration(rest)),
    rules: (await socket.request(rule.list())).map(withoutCounters),
    sets: (await socket.request(set.list())).map(withoutGeneration),
  }))
  return (await unless(['EPROTONOSUPPORT', 'EOPNOTSUPP', 'EINVAL', 'ENOENT'], dump)) ?? nothing
}

/** In a dump the header's resource is the low half of the generation. */
function withoutGeneration<T extends { readonly resource?: unknown }>({ resource, ...rest }: T): Omit<T, 'resource'> {
  return rest
}

function withoutCounters({ expressions, ...rest }: rule.Rule): Partial<rule.Rule> {
  const steady = expressions?.map((expression) =>
    expression?.name === 'counter' ? { ...expression, data: undefined } : expression,
  )
  return { ...withoutGeneration(rest), ...(steady && { expressions: steady as rule.Rule['expressions'] }) }
}
