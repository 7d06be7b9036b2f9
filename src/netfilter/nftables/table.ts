import {
  asObject,
  attributes,
  bits,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  EncodeError,
  type Infer,
  type InferInput,
  message,
  multi,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, netfilterHeader } from '../family.ts'
import { requestsFor } from './requests.ts'

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

/** A table: the namespace of chains, sets and objects. */
export type Table = Infer<typeof tableMessage>
export type TableInput = InferInput<typeof tableMessage>

/** A table by name, or by `handle`. */
export interface TableName {
  readonly family?: Family | undefined
  readonly name?: string | undefined
  readonly handle?: TableInput['handle']
}

const tables = requestsFor<Table, TableInput, TableName>({
  noun: 'table',
  constant: 'TABLE',
  numbers: { new: 0, get: 1, delete: 2, destroy: 26 },
  codec: tableMessage,
  named: ['name'],
})
export const { messages } = tables

/** Makes a table, or does nothing where it is there. */
export function add(settings: TableInput | Table): Change<Table | undefined> {
  return tables.add(settings)
}

/** Makes a table. Fails with EEXIST where it is there. */
export function create(settings: TableInput | Table): Change<Table> {
  return tables.create(settings)
}

/** Deletes a table with all that it holds. Fails with ENOENT where there is none. Throws EncodeError where nothing says which (see `flush`). */
function remove(target: TableName): Change<Table> {
  return tables.delete(named(target))
}

export { remove as delete }

/** Deletes a table with all that it holds, if it is there. Linux 6.3. */
export function destroy(target: TableName): Request<void> {
  return tables.destroy(named(target))
}

/** Deletes all tables of a family, or of all, with all that they hold: the whole rule set. */
export function flush(filter: { readonly family?: Family | undefined } = {}): Change<Table> {
  const { family, ...rest } = asObject(filter)
  checkRest(rest)
  return tables.delete({ family })
}

/** Without a name the kernel would delete them all. */
function named(target: TableName): TableName {
  const { name, handle } = asObject(target)
  if (name === undefined && handle === undefined) throw new EncodeError('which table is not said').within('name')
  return target
}

/** Asks for one table. Fails with ENOENT where there is none. */
export function get(target: TableName): Request<Table> {
  return tables.get(target)
}

/** Asks for the tables of a family, or of all. */
export function list(filter: { readonly family?: Family | undefined } = {}): DumpRequest<Table> {
  const { family, ...rest } = asObject(filter)
  checkRest(rest)
  return tables.dump('list tables', { family })
}
