import { attributes, type MessageType, message, type Protocol } from '../netlink/index.ts'
import { messages as conntrack } from './conntrack/messages.ts'
import { netfilterHeader } from './family.ts'
import { messages as batch } from './nftables/batch.ts'
import { messages as chain } from './nftables/chain.ts'
import { messages as compat } from './nftables/compat.ts'
import { messages as element } from './nftables/element.ts'
import { messages as flowtable } from './nftables/flowtable.ts'
import { messages as generation } from './nftables/generation.ts'
import { messages as object } from './nftables/object.ts'
import { messages as rule } from './nftables/rule.ts'
import { messages as set } from './nftables/set.ts'
import { messages as table } from './nftables/table.ts'
import { messages as trace } from './nftables/trace.ts'

const tables: readonly ReadonlyMap<number, MessageType>[] = [
  batch,
  conntrack,
  table,
  chain,
  rule,
  set,
  element,
  object,
  flowtable,
  generation,
  trace,
  compat,
]

/**
 * NETLINK_NETFILTER, and its message types in the order of their numbers. Of the subsystems that are not here the header and the
 * attributes by number are read.
 */
export const netfilterProtocol: Protocol = {
  name: 'netfilter',
  number: 12,
  messages: new Map(tables.flatMap((table) => [...table]).sort(([a], [b]) => a - b)),
  otherwise: { name: 'NFNL', codec: message(netfilterHeader, attributes({})) },
}
