import {
  asObject,
  attributes,
  bits,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  type Infer,
  i32be,
  list as listOf,
  message,
  multi,
  NESTED,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import { type Family, netfilterHeader } from '../family.ts'
import { requestsFor } from './requests.ts'

export const flowtableAttributes = attributes({
  table: [1, cstring],
  name: [2, cstring],
  hook: [
    3,
    attributes({
      number: [1, u32be],
      priority: [2, i32be],
      devices: [3, listOf(cstring, { first: 1, step: 0 }), NESTED],
    }),
    NESTED,
  ],
  use: [4, u32be],
  handle: [5, u64be],
  pad: [6, multi(bytes)],
  flags: [7, bits(u32be, { offload: 1, counter: 2 })],
})

/** struct nfgenmsg and NFTA_FLOWTABLE_* (include/uapi/linux/netfilter/nf_tables.h). */
export const flowtableMessage = message(netfilterHeader, flowtableAttributes)

/** Where established connections take a shorter way. */
export type Flowtable = Infer<typeof flowtableMessage>

const flowtables = requestsFor({
  noun: 'flowtable',
  constant: 'FLOWTABLE',
  numbers: { new: 22, get: 23, delete: 24, destroy: 32 },
  codec: flowtableMessage,
  named: ['table', 'name'],
})
export const { messages } = flowtables

/** Asks for the flow tables of a family, or of all. Fails with EOPNOTSUPP where the kernel has none. */
export function list(filter: { readonly family?: Family | undefined } = {}): DumpRequest<Flowtable> {
  const { family, ...rest } = asObject(filter)
  checkRest(rest)
  return flowtables.dump('list flowtables', { family })
}
