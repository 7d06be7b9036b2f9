import {
  asObject,
  attributes,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  enumeration,
  type Infer,
  type InferInput,
  message,
  multi,
  NESTED,
  type Request,
  select,
  u8,
  u16be,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { FAMILIES, netfilterHeader } from '../family.ts'
import { counter } from './expression/counter.ts'
import { connlimit, limit, quota } from './expression/limit.ts'
import { requestsFor, type TableFilter } from './requests.ts'

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

/** A named counter, quota, limit or the like, which rules share. */
export type NftObject = Infer<typeof objectMessage>
export type ObjectInput = InferInput<typeof objectMessage>
/** What is wanted: as it is said, or as it was read. */
export type ObjectSettings = ObjectInput | NftObject

const objects = requestsFor<NftObject, ObjectInput>({
  noun: 'object',
  constant: 'OBJ',
  numbers: { new: 18, get: 19, delete: 20, getReset: 21, destroy: 31 },
  codec: objectMessage,
  named: ['table', 'name'],
})
export const { messages } = objects

/** Makes an object, or does nothing where it is there. */
export function add(settings: ObjectSettings): Change<NftObject | undefined> {
  return objects.add(settings)
}

/** Makes an object. Fails with EEXIST where it is there. */
export function create(settings: ObjectSettings): Change<NftObject> {
  return objects.create(settings)
}

/** Deletes an object. Fails with EBUSY where a rule uses it. */
function remove(target: ObjectSettings): Change<NftObject> {
  return objects.delete(target)
}

export { remove as delete }

/** Deletes an object, if it is there. Linux 6.3. */
export function destroy(target: ObjectSettings): Request<void> {
  return objects.destroy(target)
}

/** Asks for the objects of a table, of a family, or of all. */
export function list(filter: TableFilter = {}): DumpRequest<NftObject> {
  const { family, table, ...rest } = asObject(filter)
  checkRest(rest)
  return objects.dump('list objects', { family, table } as ObjectInput)
}
