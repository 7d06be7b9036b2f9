import {
  asObject,
  attributes,
  bits,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  enumeration,
  type Infer,
  type InferInput,
  list as listOf,
  message,
  multi,
  NESTED,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { netfilterHeader } from '../family.ts'
import { expression, expressions } from './expression/index.ts'
import { requestsFor, type TableFilter } from './requests.ts'

/** NFT_SET_*. */
export const SET_FLAGS = {
  anonymous: 0x1,
  constant: 0x2,
  interval: 0x4,
  map: 0x8,
  timeout: 0x10,
  dynamic: 0x20,
  object: 0x40,
  concat: 0x80,
  expression: 0x100,
} as const

const description = attributes({
  /** The most elements that it may hold. */
  size: [1, u32be],
  /** The lengths of the parts of a concatenated key. */
  concat: [2, listOf(attributes({ length: [1, u32be] }), { first: 1, step: 0, flags: NESTED }), NESTED],
})

export const setAttributes = attributes({
  table: [1, cstring],
  name: [2, cstring],
  flags: [3, bits(u32be, SET_FLAGS)],
  /** nft's number of the key's type; the kernel only keeps it. */
  keyType: [4, u32be],
  keyLength: [5, u32be],
  /** nft's number of the type that a map maps to; 0xffffff00 for verdicts. */
  dataType: [6, u32be],
  dataLength: [7, u32be],
  policy: [8, enumeration(u32be, { performance: 0, memory: 1 })],
  description: [9, description, NESTED],
  /** Names the set to later messages of the same batch. */
  id: [10, u32be],
  /** Milliseconds. */
  timeout: [11, u64be],
  /** Milliseconds. */
  gcInterval: [12, u32be],
  userdata: [13, bytes],
  pad: [14, multi(bytes)],
  objectType: [15, u32be],
  handle: [16, u64be],
  expression: [17, expression, NESTED],
  expressions: [18, expressions, NESTED],
  /** The kernel's name of how it is kept. Linux 6.13. */
  type: [19, cstring],
  /** How many elements it holds. Linux 6.13. */
  count: [20, u32be],
})

/** struct nfgenmsg and NFTA_SET_* (include/uapi/linux/netfilter/nf_tables.h). */
export const setMessage = message(netfilterHeader, setAttributes)

/** A set, or a map, without its elements. */
export type NftSet = Infer<typeof setMessage>
export type SetInput = InferInput<typeof setMessage>
/** What is wanted: as it is said, or as it was read. */
export type SetSettings = SetInput | NftSet
export type SetName = Pick<SetInput, 'family' | 'table' | 'name' | 'handle'>

const sets = requestsFor<NftSet, SetInput, SetName>({
  noun: 'set',
  constant: 'SET',
  numbers: { new: 9, get: 10, delete: 11, destroy: 29 },
  codec: setMessage,
  named: ['table', 'name'],
})
export const { messages } = sets

/** Makes a set, or does nothing where the same one is there. The kernel wants an `id`, any number. */
export function add(settings: SetSettings): Change<NftSet | undefined> {
  return sets.add(settings)
}

/** Makes a set. Fails with EEXIST where there is one of the name. */
export function create(settings: SetSettings): Change<NftSet> {
  return sets.create(settings)
}

/** Deletes a set with its elements. Fails with EBUSY where a rule looks into it. */
function remove(target: SetName): Change<NftSet> {
  return sets.delete(target)
}

export { remove as delete }

/** Deletes a set with its elements, if it is there. Linux 6.3. */
export function destroy(target: SetName): Request<void> {
  return sets.destroy(target)
}

/** Asks for one set. */
export function get(target: SetName): Request<NftSet> {
  return sets.get(target)
}

/** Asks for the sets of a table, of a family, or of all. */
export function list(filter: TableFilter = {}): DumpRequest<NftSet> {
  const { family, table, ...rest } = asObject(filter)
  checkRest(rest)
  return sets.dump('list sets', { family, table })
}
