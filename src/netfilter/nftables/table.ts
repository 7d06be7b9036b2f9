import {
  acknowledged,
  answered,
  attributes,
  bits,
  bytes,
  cstring,
  type DumpRequest,
  dumped,
  type Infer,
  type InferInput,
  message,
  multi,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'

const NEW = messageNumber('nftables', 0)
const GET = messageNumber('nftables', 1)
const DELETE = messageNumber('nftables', 2)
const DESTROY = messageNumber('nftables', 26)

/** NFT_TABLE_F_*: `owner` ties a table to the socket that made it, `persist` keeps it when that is closed. */
export const TABLE_FLAGS = { dormant: 1, owner: 2, persist: 4 } as const

export const tableAttributes = attributes({
  name: [1, cstring],
  flags: [2, bits(u32be, TABLE_FLAGS)],
  /** How many chains, sets and objects it holds. */
  use: [3, u32be],
  handle: [4, u64be],
  pad: [5, multi(bytes)],
  userdata: [6, bytes],
  /** nl_pid of the socket that it belongs to. */
  owner: [7, u32be],
})

/** struct nfgenmsg and NFTA_TABLE_* (include/uapi/linux/netfilter/nf_tables.h). */
export const tableMessage = message(netfilterHeader, tableAttributes)
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWTABLE', codec: tableMessage }],
  [GET, { name: 'NFT_MSG_GETTABLE', codec: tableMessage }],
  [DELETE, { name: 'NFT_MSG_DELTABLE', codec: tableMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYTABLE', codec: tableMessage }],
])

/** A table: the namespace of chains, sets and objects. */
export type Table = Infer<typeof tableMessage>
export type TableInput = InferInput<typeof tableMessage>

/** A table by name, or by `handle`. */
export interface TableName {
  readonly family?: Family | undefined
  readonly name?: string | undefined
  readonly handle?: TableInput['handle']
}

/** Makes a table, or does nothing where it is there. */
export function add(settings: TableInput): Change<Table | undefined> {
  return change('add', NEW, NLM_F_CREATE, settings)
}

/** Makes a table. Fails with EEXIST where it is there. */
export function create(settings: TableInput): Change<Table> {
  return change('create', NEW, NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Deletes a table with all that it holds. Fails with ENOENT where there is none. Without a name: all tables of the family. */
function remove(target: TableName): Change<Table> {
  return change('delete', DELETE, 0, target)
}

export { remove as delete }

/** Deletes a table with all that it holds, if it is there. Linux 6.3. */
export function destroy(target: TableName): Request<void> {
  return change('destroy', DESTROY, 0, target)
}

/** Asks for one table. Fails with ENOENT where there is none. */
export function get({ family, name }: TableName): Request<Table> {
  const value = { family, name }
  return answered({ operation: `get ${describe(value)}`, type: GET, codec: tableMessage, value }, tableMessage)
}

/** Asks for the tables of a family, or of all. */
export function list({ family }: { readonly family?: Family | undefined } = {}): DumpRequest<Table> {
  return dumped({ operation: 'list tables', type: GET, codec: tableMessage, value: { family } }, tableMessage)
}

function change(verb: string, type: number, flags: number, given: TableInput): Change<Table> {
  const { family, name, ...rest } = given
  const value = { family, name, ...rest }
  return acknowledged({ operation: `${verb} ${describe(given)}`, type, flags, codec: tableMessage, value })
}

function describe({ family, name, handle }: TableName): string {
  return `table ${family ?? ''} ${name ?? (handle === undefined ? '' : `handle ${handle}`)}`
    .replace(/ +/g, ' ')
    .trimEnd()
}
