/**
 * Netfilter over netlink: nf_tables, what iptables-nft and nft speak, and the connections that the kernel follows.
 * @packageDocumentation
 */
import { openNetlink, type Socket, type SocketOptions } from '../netlink/index.ts'
import { netfilterProtocol } from './protocol.ts'

export * as conntrack from './conntrack/index.ts'
export { type Change, echo } from './echo.ts'
export { FAMILIES, type Family, type FamilyName, messageNumber, netfilterHeader, SUBSYSTEMS } from './family.ts'
export * as firewall from './firewall/index.ts'
export { type GroupName, groups } from './groups.ts'
export * from './nftables/index.ts'
export { netfilterProtocol } from './protocol.ts'
export { type Ruleset, type RulesetFilter, readRuleset, readRulesetSync } from './ruleset.ts'
export {
  type Changes,
  encodeTransaction,
  type Refusal,
  type Replies,
  StaleGenerationError,
  TransactionError,
  type TransactionOptions,
  transact,
  transactSync,
} from './transaction.ts'
export * as xtables from './xtables/index.ts'

/** A socket that speaks netfilter. Throws SystemError, and UnsupportedPlatformError where there is no Linux. */
export function openNetfilter(options?: SocketOptions): Socket {
  return openNetlink(netfilterProtocol, options)
}
