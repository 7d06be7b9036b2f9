/**
 * Netfilter over netlink: nf_tables, what iptables-nft and nft speak, and the connections that the kernel follows.
 *
 * ```ts
 * using socket = openNetfilter()
 * await firewall.install(socket, [firewall.masquerade({ source: '10.0.0.0/24', out: 'eth0' })])
 * for (const connection of await socket.request(conntrack.list())) console.log(conntrack.nat(connection))
 *
 * const place = { family: 'ip', table: 'lab' } as const
 * const [, , made] = await transact(socket, [
 *   table.add({ family: 'ip', name: 'lab' }),
 *   chain.add({ ...place, name: 'c', hook: { name: 'input', priority: 0 }, type: 'filter' }),
 *   echo(rule.add({ ...place, chain: 'c', expressions: [{ name: 'counter', data: {} }] })),
 * ])
 * console.log(made.handle)
 * ```
 * @packageDocumentation
 */
import { openNetlink, type Socket, type SocketOptions } from '../netlink/index.ts'
import { type NetfilterEvent, netfilterProtocol } from './protocol.ts'

export * as conntrack from './conntrack/index.ts'
export { type Change, echo } from './echo.ts'
export { FAMILIES, type Family, type FamilyName, messageNumber, netfilterHeader, SUBSYSTEMS } from './family.ts'
export * as firewall from './firewall/index.ts'
export { type GroupName, groups } from './groups.ts'
export * from './nftables/index.ts'
export { type NetfilterEvent, type NetfilterMessages, netfilterProtocol } from './protocol.ts'
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
export function openNetfilter(options?: SocketOptions): Socket<NetfilterEvent> {
  return openNetlink(netfilterProtocol, options)
}
