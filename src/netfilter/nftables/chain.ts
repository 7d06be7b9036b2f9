import {
  asObject,
  attributes,
  bits,
  bytes,
  type Codec,
  checkRest,
  cstring,
  type DumpRequest,
  enumeration,
  type Infer,
  type InferInput,
  i32be,
  list as listOf,
  message,
  multi,
  NESTED,
  NLM_F_CREATE,
  NLM_F_NONREC,
  type Request,
  select,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { netfilterHeader } from '../family.ts'
import { counter } from './expression/counter.ts'
import { requestsFor, type TableFilter } from './requests.ts'

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

/** A chain of rules: a base chain, which has a `hook`, or one that others jump to. */
export type Chain = Infer<typeof chainMessage>
export type ChainInput = InferInput<typeof chainMessage>

const chains = requestsFor<Chain, ChainInput, ChainInput>({
  noun: 'chain',
  constant: 'CHAIN',
  numbers: { new: 3, get: 4, delete: 5, destroy: 27 },
  codec: chainMessage,
  named: ['table', 'name'],
})
export const { messages } = chains

/** Makes a chain, or does nothing where the same one is there; its policy and counters are set to what is given. */
export function add(settings: ChainInput): Change<Chain> {
  return chains.change(`add ${chains.describe(settings)}`, 'new', NLM_F_CREATE, settings)
}

/** Makes a chain. Fails with EEXIST where there is one of the name. */
export function create(settings: ChainInput): Change<Chain> {
  return chains.create(settings)
}

/** Changes a chain that is there: policy, counters, or with a `handle` its name. Fails with ENOENT where there is none. */
export function change(settings: ChainInput): Change<Chain> {
  return chains.change(`change ${chains.describe(settings)}`, 'new', 0, settings)
}

/** Deletes a chain with its rules; fails with EBUSY where a rule jumps to it. `onlyEmpty` fails with EBUSY where it has rules. */
function remove(target: ChainInput, options: { readonly onlyEmpty?: boolean } = {}): Change<Chain> {
  const { onlyEmpty = false } = asObject(options)
  return chains.change(`delete ${chains.describe(target)}`, 'delete', onlyEmpty ? NLM_F_NONREC : 0, target)
}

export { remove as delete }

/** Deletes a chain with its rules, if it is there. Linux 6.3. */
export function destroy(target: ChainInput): Request<void> {
  return chains.destroy(target)
}

/** Asks for one chain. Fails with ENOENT where there is none. */
export function get(target: Pick<ChainInput, 'family' | 'table' | 'name'>): Request<Chain> {
  return chains.get(target)
}

/** Asks for the chains of a table, of a family, or of all. The kernel looks at the family alone. */
export function list(filter: TableFilter = {}): DumpRequest<Chain> {
  const { family, table, ...rest } = asObject(filter)
  checkRest(rest)
  const pick = (chain: Chain) => (table === undefined || chain.table === table ? chain : undefined)
  return chains.dump('list chains', { family }, { pick })
}
