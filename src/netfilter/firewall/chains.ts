import type { HOOKS } from '../nftables/chain.ts'

export interface BaseChain {
  readonly type: 'nat' | 'filter'
  readonly hook: keyof typeof HOOKS
  readonly priority: number
}

/**
 * The chains that a table of our own may have. Each is asked just before the usual one of its place (iptables', Docker's), whoever was
 * first: of chains that rewrite addresses the first one that does wins, and among those of one priority that is the one made last.
 */
export const CHAINS = {
  /** Where what arrives may be sent elsewhere. */
  prerouting: { type: 'nat', hook: 'prerouting', priority: -101 },
  /** The same for what this host itself sends. */
  redirecting: { type: 'nat', hook: 'output', priority: -101 },
  /** Where what leaves may get another source. */
  postrouting: { type: 'nat', hook: 'postrouting', priority: 99 },
  input: { type: 'filter', hook: 'input', priority: -1 },
  forward: { type: 'filter', hook: 'forward', priority: -1 },
  output: { type: 'filter', hook: 'output', priority: -1 },
} as const satisfies Readonly<Record<string, BaseChain>>

export type ChainName = keyof typeof CHAINS
/** The chains that let packets through or do not. */
export const FILTERS = ['input', 'forward', 'output'] as const
export type FilterChain = (typeof FILTERS)[number]
