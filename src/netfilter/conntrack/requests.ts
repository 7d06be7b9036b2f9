import {
  acknowledged,
  answered,
  asObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
} from '../../netlink/index.ts'
import type { Family } from '../family.ts'
import {
  type Connection,
  type ConnectionInput,
  conntrackMessage,
  type Statistics,
  type StatusName,
  statisticsMessage,
  type Totals,
  totalsMessage,
} from './message.ts'
import {
  IPCTNL_MSG_CT_DELETE,
  IPCTNL_MSG_CT_GET,
  IPCTNL_MSG_CT_GET_CTRZERO,
  IPCTNL_MSG_CT_GET_STATS,
  IPCTNL_MSG_CT_GET_STATS_CPU,
  IPCTNL_MSG_CT_NEW,
} from './messages.ts'

/** Which connections are listed; the kernel chooses. */
export interface ConnectionFilter {
  /** `ip` or `ip6`. */
  readonly family?: Family | undefined
  /** Those with all of these. Linux 5.15. */
  readonly status?: readonly StatusName[] | undefined
  readonly mark?: number | undefined
  /** The bits of `mark` that count; all unless told. */
  readonly markMask?: number | undefined
  /** Linux 5.18. */
  readonly zone?: number | undefined
}

/** Asks for the connections that the kernel follows. It follows them once a rule of the namespace looks at them. */
export function list(filter: ConnectionFilter = {}): DumpRequest<Connection> {
  return dump('list connections', IPCTNL_MSG_CT_GET, filter)
}

/** `list`, setting the counters of what is listed to zero. */
export function listReset(filter: ConnectionFilter = {}): DumpRequest<Connection> {
  return dump('list and reset connections', IPCTNL_MSG_CT_GET_CTRZERO, filter)
}

function dump(operation: string, type: number, filter: ConnectionFilter): DumpRequest<Connection> {
  const {
    family,
    status,
    mark,
    markMask = mark === undefined ? undefined : 0xffffffff,
    zone,
    ...rest
  } = asObject(filter)
  checkRest(rest)
  const value = { family, status, statusMask: status, mark, markMask, zone }
  return dumped({ operation, type, codec: conntrackMessage, value }, conntrackMessage)
}

/** A connection by its first packet (`original`), or by its answers (`reply`); with an `id` only if it is still the same one. */
export type ConnectionName = Pick<ConnectionInput, 'family' | 'original' | 'reply' | 'zone' | 'id'>

/** Asks for one connection. Fails with ENOENT where there is none. */
export function get(target: ConnectionName): Request<Connection> {
  const value = nameOf(target)
  const operation = `get connection ${describe(target)}`
  return answered({ operation, type: IPCTNL_MSG_CT_GET, codec: conntrackMessage, value }, conntrackMessage)
}

/**
 * Forgets a connection: its next packet is judged anew. Connections as `list` gives them are taken as they are. Fails with ENOENT
 * where there is none. Throws EncodeError where nothing says which: that would forget all (see `flush`).
 */
function remove(target: ConnectionName): Request<void> {
  const value = nameOf(target)
  const operation = `delete connection ${describe(target)}`
  if (value.original === undefined && value.reply === undefined) {
    throw new EncodeError('original or reply says which connection').within('original')
  }
  return acknowledged({ operation, type: IPCTNL_MSG_CT_DELETE, codec: conntrackMessage, value })
}

export { remove as delete }

/** Forgets all connections, or those of a family. */
export function flush(filter: { readonly family?: Family | undefined } = {}): Request<void> {
  const { family, ...rest } = asObject(filter)
  checkRest(rest)
  return acknowledged({
    operation: 'forget all connections',
    type: IPCTNL_MSG_CT_DELETE,
    codec: conntrackMessage,
    value: { family },
  })
}

/** Makes the kernel follow a connection: `original`, `reply` and `timeout` are wanted, for TCP `protocolInfo` too. */
export function add(settings: ConnectionInput): Request<void> {
  return change('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Changes a connection that is there: `timeout`, `mark`, `protocolInfo`, `status`. */
export function update(settings: ConnectionInput): Request<void> {
  return change('change', 0, settings)
}

function change(verb: string, flags: number, value: ConnectionInput): Request<void> {
  const operation = `${verb} connection ${describe(value)}`
  return acknowledged({ operation, type: IPCTNL_MSG_CT_NEW, flags, codec: conntrackMessage, value })
}

/** Asks what the tracking did, processor by processor (`resource` is its number). */
export function statistics(): DumpRequest<Statistics> {
  const operation = 'list statistics of connection tracking'
  return dumped(
    { operation, type: IPCTNL_MSG_CT_GET_STATS_CPU, codec: statisticsMessage, value: {} },
    statisticsMessage,
  )
}

/** Asks how many connections there are, and may be. */
export function totals(): Request<Totals> {
  const operation = 'count connections'
  return answered({ operation, type: IPCTNL_MSG_CT_GET_STATS, codec: totalsMessage, value: {} }, totalsMessage)
}

/** What the kernel looks at: one direction is enough, and where both are there the first is. */
function nameOf(target: ConnectionName): ConnectionInput {
  const { family, original, reply, zone, id } = asObject(target)
  const direction = original === undefined ? { reply } : { original }
  return { family: family ?? familyOf(original ?? reply), ...direction, zone, id }
}

function familyOf(tuple: ConnectionInput['original']): Family {
  return tuple?.ip?.source6 === undefined ? 'ip' : 'ip6'
}

function describe(target: ConnectionName): string {
  const { original, reply } = asObject(target)
  const tuple = original ?? reply
  if (tuple === undefined) return ''
  const { ip, protocol } = tuple
  const from = ip?.source ?? ip?.source6 ?? ''
  const to = ip?.destination ?? ip?.destination6 ?? ''
  const port = (number: number | undefined) => (number === undefined ? '' : `:${number}`)
  return `${from}${port(protocol?.sourcePort)} to ${to}${port(protocol?.destinationPort)}`
}
