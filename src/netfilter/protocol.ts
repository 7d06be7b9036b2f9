import { attributes, type EventOf, type MessageType, message, type Protocol } from '../netlink/index.ts'
import { type ConntrackMessages, messages as conntrack } from './conntrack/messages.ts'
import { netfilterHeader } from './family.ts'
import { type BatchBoundary, messages as batch } from './nftables/batch.ts'
import { type Chain, messages as chain } from './nftables/chain.ts'
import { type Compat, messages as compat } from './nftables/compat.ts'
import { type Elements, messages as element } from './nftables/element.ts'
import { type Flowtable, messages as flowtable } from './nftables/flowtable.ts'
import { type Generation, messages as generation } from './nftables/generation.ts'
import { type NftObject, messages as object } from './nftables/object.ts'
import { type Rule, messages as rule } from './nftables/rule.ts'
import { type NftSet, messages as set } from './nftables/set.ts'
import { type Table, messages as table } from './nftables/table.ts'
import { type Trace, messages as trace } from './nftables/trace.ts'

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

type Named<Constant extends string, Value> = Readonly<
  Record<`NFT_MSG_${'NEW' | 'GET' | 'DEL' | 'DESTROY'}${Constant}`, Value>
>

/** What the messages of netfilter hold, by their names. */
export type NetfilterMessages = ConntrackMessages &
  Named<'TABLE', Table> &
  Named<'CHAIN', Chain> &
  Named<'RULE', Rule> &
  Named<'SET', NftSet> &
  Named<'SETELEM', Elements> &
  Named<'OBJ', NftObject> &
  Named<'FLOWTABLE', Flowtable> & {
    readonly NFT_MSG_GETRULE_RESET: Rule
    readonly NFT_MSG_GETSETELEM_RESET: Elements
    readonly NFT_MSG_GETOBJ_RESET: NftObject
    readonly NFT_MSG_NEWGEN: Generation
    readonly NFT_MSG_GETGEN: Generation
    readonly NFT_MSG_TRACE: Trace
    readonly NFNL_MSG_BATCH_BEGIN: BatchBoundary
    readonly NFNL_MSG_BATCH_END: BatchBoundary
    readonly NFNL_MSG_COMPAT_GET: Compat
  }

/** What a subscription to netfilter tells. */
export type NetfilterEvent = EventOf<NetfilterMessages>

/**
 * NETLINK_NETFILTER, and its message types in the order of their numbers. Of the subsystems that are not here the header and the
 * attributes by number are read.
 */
export const netfilterProtocol: Protocol<NetfilterEvent> = {
  name: 'netfilter',
  number: 12,
  messages: new Map(tables.flatMap((table) => [...table]).sort(([a], [b]) => a - b)),
  otherwise: { name: 'NFNL', codec: message(netfilterHeader, attributes({})) },
}
