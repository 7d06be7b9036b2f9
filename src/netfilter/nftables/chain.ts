import {
  acknowledged,
  answered,
  attributes,
  bits,
  bytes,
  type Codec,
  cstring,
  type DumpRequest,
  dumped,
  enumeration,
  type Infer,
  type InferInput,
  i32be,
  list as listOf,
  message,
  multi,
  NESTED,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_NONREC,
  type Request,
  select,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'
import { counter } from './expression/counter.ts'

const NEW = messageNumber('nftables', 3)
const GET = messageNumber('nftables', 4)
const DELETE = messageNumber('nftables', 5)
const DESTROY = messageNumber('nftables', 27)

/** Where on a packet's way a base chain is asked (NF_INET_*; bridges have the same). */
export const HOOKS = { prerouting: 0, input: 1, forward: 2, output: 3, postrouting: 4, ingress: 5 } as const
/** NF_ARP_*. */
export const ARP_HOOKS = { input: 0, output: 1, forward: 2 } as const
/** NF_NETDEV_*. */
export const NETDEV_HOOKS = { ingress: 0, egress: 1 } as const

function hookOf<const Names extends Readonly<Record<string, number>>>(names: Names) {
  return attributes({
    name: [1, enumeration(u32be, names)],
    /** The chains of a hook are asked from the lowest up. */
    priority: [2, i32be],
    device: [3, cstring],
    devices: [4, listOf(cstring, { first: 1, step: 0 }), NESTED],
  })
}

const inetHook = hookOf(HOOKS)
const arpHook = hookOf(ARP_HOOKS)
const netdevHook = hookOf(NETDEV_HOOKS)

/** NFTA_HOOK_*: where a base chain is asked; what `name` means depends on the message's family. */
export interface Hook extends Omit<Infer<typeof inetHook>, 'name'> {
  name?: keyof typeof HOOKS | keyof typeof NETDEV_HOOKS | number
}
export interface HookInput extends Omit<InferInput<typeof inetHook>, 'name'> {
  name?: Hook['name'] | undefined
}

export const hook = select('family', { arp: arpHook, netdev: netdevHook }, inetHook) as unknown as Codec<
  Hook,
  HookInput
>

export const POLICIES = { drop: 0, accept: 1 } as const
/** NFT_CHAIN_*. */
export const CHAIN_FLAGS = { base: 1, 'hw-offload': 2, binding: 4 } as const

export const chainAttributes = attributes({
  table: [1, cstring],
  handle: [2, u64be],
  name: [3, cstring],
  hook: [4, hook, NESTED],
  policy: [5, enumeration(u32be, POLICIES)],
  /** How many rules it holds and how many jump to it. */
  use: [6, u32be],
  /** `filter`, `nat` or `route`. */
  type: [7, cstring],
  /** What the policy was applied to. */
  counters: [8, counter, NESTED],
  pad: [9, multi(bytes)],
  flags: [10, bits(u32be, CHAIN_FLAGS)],
  /** Names the chain to later messages of the same batch. */
  id: [11, u32be],
  userdata: [12, bytes],
})

/** struct nfgenmsg and NFTA_CHAIN_* (include/uapi/linux/netfilter/nf_tables.h). */
export const chainMessage = message(netfilterHeader, chainAttributes)
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWCHAIN', codec: chainMessage }],
  [GET, { name: 'NFT_MSG_GETCHAIN', codec: chainMessage }],
  [DELETE, { name: 'NFT_MSG_DELCHAIN', codec: chainMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYCHAIN', codec: chainMessage }],
])

/** A chain of rules: a base chain, which has a `hook`, or one that others jump to. */
export type Chain = Infer<typeof chainMessage>
export type ChainInput = InferInput<typeof chainMessage>

/** Makes a chain, or does nothing where the same one is there; its policy and counters are set to what is given. */
export function add(settings: ChainInput): Change<Chain> {
  return make('add', NEW, NLM_F_CREATE, settings)
}

/** Makes a chain. Fails with EEXIST where there is one of the name. */
export function create(settings: ChainInput): Change<Chain> {
  return make('create', NEW, NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Changes a chain that is there: policy, counters, or with a `handle` its name. Fails with ENOENT where there is none. */
export function change(settings: ChainInput): Change<Chain> {
  return make('change', NEW, 0, settings)
}

/** Deletes a chain with its rules; fails with EBUSY where a rule jumps to it. `onlyEmpty` fails with EBUSY where it has rules. */
function remove(target: ChainInput, { onlyEmpty = false } = {}): Change<Chain> {
  return make('delete', DELETE, onlyEmpty ? NLM_F_NONREC : 0, target)
}

export { remove as delete }

/** Deletes a chain with its rules, if it is there. Linux 6.3. */
export function destroy(target: ChainInput): Request<void> {
  return make('destroy', DESTROY, 0, target)
}

/** Asks for one chain. Fails with ENOENT where there is none. */
export function get(target: Pick<ChainInput, 'family' | 'table' | 'name'>): Request<Chain> {
  const { family, table, name } = target
  const value = { family, table, name }
  return answered({ operation: `get ${describe(value)}`, type: GET, codec: chainMessage, value }, chainMessage)
}

/** Which chains are listed. The kernel looks at the family alone. */
export interface ChainFilter {
  readonly family?: Family | undefined
  readonly table?: string | undefined
}

/** Asks for the chains of a family, or of all. */
export function list({ family, table }: ChainFilter = {}): DumpRequest<Chain> {
  return dumped(
    { operation: 'list chains', type: GET, codec: chainMessage, value: { family } },
    chainMessage,
    (chain: Chain) => (table === undefined || chain.table === table ? chain : undefined),
  )
}

function make(verb: string, type: number, flags: number, given: ChainInput): Change<Chain> {
  const { family, table, ...rest } = given
  const value = { family, table, ...rest }
  return acknowledged({ operation: `${verb} ${describe(given)}`, type, flags, codec: chainMessage, value })
}

function describe({ family, table, name, handle }: ChainInput): string {
  const last = name ?? (handle === undefined ? '' : `handle ${handle}`)
  return `chain ${family ?? ''} ${table ?? ''} ${last}`.replace(/ +/g, ' ').trimEnd()
}
