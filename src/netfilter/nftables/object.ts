import {
  acknowledged,
  attributes,
  bytes,
  cstring,
  type DumpRequest,
  dumped,
  enumeration,
  type Infer,
  type InferInput,
  message,
  multi,
  NESTED,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
  select,
  u8,
  u16be,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { FAMILIES, type Family, messageNumber, netfilterHeader } from '../family.ts'
import { counter } from './expression/counter.ts'
import { connlimit, limit, quota } from './expression/limit.ts'

const NEW = messageNumber('nftables', 18)
const GET = messageNumber('nftables', 19)
const DELETE = messageNumber('nftables', 20)
const GET_RESET = messageNumber('nftables', 21)
const DESTROY = messageNumber('nftables', 31)

/** NFT_OBJECT_*. */
export const OBJECT_TYPES = {
  counter: 1,
  quota: 2,
  'ct-helper': 3,
  limit: 4,
  connlimit: 5,
  tunnel: 6,
  'ct-timeout': 7,
  secmark: 8,
  'ct-expect': 9,
  synproxy: 10,
} as const

const l3proto = enumeration(u16be, FAMILIES)

/** What each type of object says (NFTA_OBJ_DATA). */
export const objectKinds = {
  counter,
  quota,
  'ct-helper': attributes({ name: [1, cstring], l3proto: [2, l3proto], l4proto: [3, u8] }),
  limit,
  connlimit,
  secmark: attributes({ context: [1, cstring] }),
  'ct-expect': attributes({
    l3proto: [1, l3proto],
    l4proto: [2, u8],
    /** Network byte order. */
    dport: [3, u16be],
    timeout: [4, bytes],
    size: [5, u8],
  }),
  synproxy: attributes({ mss: [1, u16be], wscale: [2, u8], flags: [3, u32be] }),
} as const

export const objectAttributes = attributes({
  table: [1, cstring],
  name: [2, cstring],
  type: [3, enumeration(u32be, OBJECT_TYPES)],
  data: [4, select('type', objectKinds, bytes), NESTED],
  use: [5, u32be],
  handle: [6, u64be],
  pad: [7, multi(bytes)],
  userdata: [8, bytes],
})

/** struct nfgenmsg and NFTA_OBJ_* (include/uapi/linux/netfilter/nf_tables.h). */
export const objectMessage = message(netfilterHeader, objectAttributes)
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWOBJ', codec: objectMessage }],
  [GET, { name: 'NFT_MSG_GETOBJ', codec: objectMessage }],
  [DELETE, { name: 'NFT_MSG_DELOBJ', codec: objectMessage }],
  [GET_RESET, { name: 'NFT_MSG_GETOBJ_RESET', codec: objectMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYOBJ', codec: objectMessage }],
])

/** A named counter, quota, limit or the like, which rules share. */
export type NftObject = Infer<typeof objectMessage>
export type ObjectInput = InferInput<typeof objectMessage>
/** What is wanted: as it is said, or as it was read. */
export type ObjectSettings = ObjectInput | NftObject

/** Makes an object, or does nothing where it is there. */
export function add(settings: ObjectSettings): Change<NftObject | undefined> {
  return change('add', NEW, NLM_F_CREATE, settings)
}

/** Makes an object. Fails with EEXIST where it is there. */
export function create(settings: ObjectSettings): Change<NftObject> {
  return change('create', NEW, NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Deletes an object. Fails with EBUSY where a rule uses it. */
function remove(target: ObjectSettings): Change<NftObject> {
  return change('delete', DELETE, 0, target)
}

export { remove as delete }

/** Deletes an object, if it is there. Linux 6.3. */
export function destroy(target: ObjectSettings): Request<void> {
  return change('destroy', DESTROY, 0, target)
}

/** Asks for the objects of a table, of a family, or of all. */
export function list(
  filter: { readonly family?: Family | undefined; readonly table?: string | undefined } = {},
): DumpRequest<NftObject> {
  const { family, table } = filter
  const value = { family, table } as ObjectInput
  return dumped({ operation: 'list objects', type: GET, codec: objectMessage, value }, objectMessage)
}

function change(verb: string, type: number, flags: number, settings: ObjectSettings): Change<NftObject> {
  const given = settings as ObjectInput
  const { family, table, name } = given
  const operation = `${verb} object ${family ?? ''} ${table ?? ''} ${name ?? ''}`.replace(/ +/g, ' ').trimEnd()
  return acknowledged({ operation, type, flags, codec: objectMessage, value: given })
}
