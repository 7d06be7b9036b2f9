import {
  attributes,
  bits,
  bytes,
  cstring,
  type DumpRequest,
  dumped,
  type Infer,
  i32be,
  list as listOf,
  message,
  multi,
  NESTED,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'

const NEW = messageNumber('nftables', 22)
const GET = messageNumber('nftables', 23)
const DELETE = messageNumber('nftables', 24)
const DESTROY = messageNumber('nftables', 32)

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
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWFLOWTABLE', codec: flowtableMessage }],
  [GET, { name: 'NFT_MSG_GETFLOWTABLE', codec: flowtableMessage }],
  [DELETE, { name: 'NFT_MSG_DELFLOWTABLE', codec: flowtableMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYFLOWTABLE', codec: flowtableMessage }],
])

/** Where established connections take a shorter way. */
export type Flowtable = Infer<typeof flowtableMessage>

/** Asks for the flow tables of a family, or of all. Fails with EOPNOTSUPP where the kernel has none. */
export function list({ family }: { readonly family?: Family | undefined } = {}): DumpRequest<Flowtable> {
  return dumped(
    { operation: 'list flowtables', type: GET, codec: flowtableMessage, value: { family } },
    flowtableMessage,
  )
}
