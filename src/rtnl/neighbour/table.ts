import {
  acknowledged,
  attributes,
  bytes,
  checkObject,
  checkRest,
  cstring,
  type DumpRequest,
  dumped,
  type Infer,
  type InferInput,
  message,
  multi,
  NLM_F_REPLACE,
  padding,
  type Request,
  struct,
  u16,
  u32,
  u64,
} from '../../netlink/index.ts'
import { type Family, family } from '../family.ts'
import { sameFamily } from '../prefix.ts'
import { RTM_GETNEIGHTBL, RTM_SETNEIGHTBL } from './table-types.ts'

/** NDTPA_*: how a table behaves on one link, or by default. Times in milliseconds. */
export const tableParameters = attributes({
  ifindex: [1, u32],
  refcnt: [2, u32],
  reachableTime: [3, u64],
  baseReachableTime: [4, u64],
  retransTime: [5, u64],
  gcStaletime: [6, u64],
  delayProbeTime: [7, u64],
  queueLen: [8, u32],
  appProbes: [9, u32],
  ucastProbes: [10, u32],
  mcastProbes: [11, u32],
  anycastDelay: [12, u64],
  proxyDelay: [13, u64],
  proxyQlen: [14, u32],
  locktime: [15, u64],
  queueLenbytes: [16, u32],
  mcastReprobes: [17, u32],
  pad: [18, multi(bytes)],
  intervalProbeTimeMs: [19, u64],
})

export const tableStatistics = struct({
  allocs: u64,
  destroys: u64,
  hashGrows: u64,
  resFailed: u64,
  lookups: u64,
  hits: u64,
  rcvProbesMcast: u64,
  rcvProbesUcast: u64,
  periodicGcRuns: u64,
  forcedGcRuns: u64,
  tableFulls: u64,
})

export const tableConfiguration = struct({
  keyLen: u16,
  entrySize: u16,
  entries: u32,
  lastFlush: u32,
  lastRand: u32,
  hashRnd: u32,
  hashMask: u32,
  hashChainGc: u32,
  proxyQlen: u32,
})

/** RTM_NEWNEIGHTBL, RTM_GETNEIGHTBL, RTM_SETNEIGHTBL: struct ndtmsg and NDTA_*. */
export const neighbourTableMessage = message(
  struct({ family, pad: padding(3) }),
  attributes({
    name: [1, cstring],
    thresh1: [2, u32],
    thresh2: [3, u32],
    thresh3: [4, u32],
    config: [5, tableConfiguration],
    parms: [6, tableParameters],
    stats: [7, tableStatistics],
    gcInterval: [8, u64],
    pad: [9, multi(bytes)],
  }),
)

/** A neighbour table: first its own settings and counters with the default parameters, then one item for each link's parameters. */
export type NeighbourTable = Infer<typeof neighbourTableMessage>
export type NeighbourTableInput = InferInput<typeof neighbourTableMessage>

/** Asks for the neighbour tables (`arp_cache`, `ndisc_cache`) and what each link has of its own. */
export function listTables(filter: { readonly family?: Family | undefined } = {}): DumpRequest<NeighbourTable> {
  checkObject(filter)
  const { family: wanted, ...rest } = filter
  checkRest(rest)
  return dumped(
    {
      operation: 'list neighbour tables',
      type: RTM_GETNEIGHTBL,
      codec: neighbourTableMessage,
      value: { family: wanted },
    },
    neighbourTableMessage,
    (table: NeighbourTable) =>
      wanted === undefined || sameFamily(wanted, 'unspec') || sameFamily(wanted, table.family) ? table : undefined,
  )
}

/** Changes the settings of the table `name`; `parms.ifindex` says of which link, or of none. Throws EncodeError. */
export function changeTable(settings: NeighbourTableInput & { readonly name: string }): Request<void> {
  checkObject(settings)
  return acknowledged({
    operation: `change neighbour table ${settings.name}`,
    type: RTM_SETNEIGHTBL,
    flags: NLM_F_REPLACE,
    codec: neighbourTableMessage,
    value: settings,
  })
}
