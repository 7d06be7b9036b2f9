import {
  acknowledged,
  answered,
  attributes,
  bits,
  bytes,
  cstring,
  type DumpRequest,
  dumped,
  enumeration,
  type Infer,
  type InferInput,
  list as listOf,
  message,
  multi,
  NESTED,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'
import { expression, expressions } from './expression/index.ts'

const NEW = messageNumber('nftables', 9)
const GET = messageNumber('nftables', 10)
const DELETE = messageNumber('nftables', 11)
const DESTROY = messageNumber('nftables', 29)

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
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWSET', codec: setMessage }],
  [GET, { name: 'NFT_MSG_GETSET', codec: setMessage }],
  [DELETE, { name: 'NFT_MSG_DELSET', codec: setMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYSET', codec: setMessage }],
])

/** A set, or a map, without its elements. */
export type NftSet = Infer<typeof setMessage>
export type SetInput = InferInput<typeof setMessage>
/** What is wanted: as it is said, or as it was read. */
export type SetSettings = SetInput | NftSet
export type SetName = Pick<SetInput, 'family' | 'table' | 'name' | 'handle'>

/** Makes a set, or does nothing where the same one is there. The kernel wants an `id`, any number. */
export function add(settings: SetSettings): Change<NftSet | undefined> {
  return change('add', NEW, NLM_F_CREATE, settings)
}

/** Makes a set. Fails with EEXIST where there is one of the name. */
export function create(settings: SetSettings): Change<NftSet> {
  return change('create', NEW, NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Deletes a set with its elements. Fails with EBUSY where a rule looks into it. */
function remove(target: SetName): Change<NftSet> {
  return change('delete', DELETE, 0, target)
}

export { remove as delete }

/** Deletes a set with its elements, if it is there. Linux 6.3. */
export function destroy(target: SetName): Request<void> {
  return change('destroy', DESTROY, 0, target)
}

/** Asks for one set. */
export function get({ family, table, name }: SetName): Request<NftSet> {
  const value = { family, table, name }
  return answered({ operation: `get ${describe(value)}`, type: GET, codec: setMessage, value }, setMessage)
}

/** Asks for the sets of a table, of a family, or of all. */
export function list(filter: { readonly family?: Family | undefined; readonly table?: string | undefined } = {}) {
  const { family, table } = filter
  const request: DumpRequest<NftSet> = dumped(
    { operation: 'list sets', type: GET, codec: setMessage, value: { family, table } },
    setMessage,
  )
  return request
}

function change(verb: string, type: number, flags: number, settings: SetSettings): Change<NftSet> {
  const given = settings as SetInput
  const { family, table, name, ...rest } = given
  const value = { family, table, name, ...rest }
  return acknowledged({ operation: `${verb} ${describe(given)}`, type, flags, codec: setMessage, value })
}

function describe({ family, table, name, handle }: SetName): string {
  const last = name ?? (handle === undefined ? '' : `handle ${handle}`)
  return `set ${family ?? ''} ${table ?? ''} ${last}`.replace(/ +/g, ' ').trimEnd()
}
