import {
  attributes,
  attributesIn,
  bits,
  either,
  enumeration,
  type Infer,
  ip,
  message,
  multi,
  NESTED,
  padding,
  struct,
  u8,
  u16,
  u16be,
  u32,
} from '../../../netlink/index.ts'
import { family } from '../../family.ts'
import { originator } from '../../originator.ts'
import { routerPorts } from '../router-ports.ts'
import { group } from './group.ts'

/** MDB_FLAGS_* (include/uapi/linux/if_bridge.h). */
export const MDB_FLAGS = { offload: 1, 'fast-leave': 2, 'star-excl': 4, blocked: 8, 'offload-failed': 16 } as const

const filterMode = enumeration(u8, { exclude: 0, include: 1 })

/** struct br_port_msg. */
const mdbHeader = struct({ family, pad: padding(3), ifindex: u32 })

/** struct br_mdb_entry: a group that the port with index `ifindex` listens to. */
const mdbEntry = struct({
  ifindex: u32,
  state: enumeration(u8, { temporary: 0, permanent: 1 }),
  flags: bits(u8, MDB_FLAGS),
  vid: u16,
  group,
  pad: padding(2),
})

/** MDBA_MDB_EATTR_*. Timers are in hundredths of a second. Those from `dst` on are of a vxlan device's groups. */
const entryAttributes = attributes({
  timer: [1, u32],
  srcList: [2, attributes({ entry: [1, multi(attributes({ address: [1, ip], timer: [2, u32] }))] })],
  groupMode: [3, filterMode],
  source: [4, ip],
  rtprot: [5, originator],
  dst: [6, ip],
  dstPort: [7, u16be],
  vni: [8, u32],
  ifindexOut: [9, u32],
  srcVni: [10, u32],
})

/** RTM_NEWMDB, RTM_DELMDB and RTM_GETMDB as the kernel says them: MDBA_*. */
export const databaseMessage = message(
  mdbHeader,
  attributes({
    mdb: [1, attributes({ entry: [1, multi(attributes({ info: [1, multi(message(mdbEntry, entryAttributes))] }))] })],
    router: [2, routerPorts],
  }),
)

/** RTM_NEWMDB and RTM_DELMDB as they are sent: MDBA_SET_ENTRY and MDBE_ATTR_*. */
export const entryMessage = message(
  mdbHeader,
  attributes({
    entry: [1, mdbEntry],
    attributes: [
      2,
      attributes({
        source: [1, ip],
        srcList: [2, attributes({ entry: [1, multi(attributes({ address: [1, ip] })), NESTED] }), NESTED],
        groupMode: [3, filterMode],
        rtprot: [4, originator],
        dst: [5, ip],
        dstPort: [6, u16be],
        vni: [7, u32],
        ifindexOut: [8, u32],
        srcVni: [9, u32],
        stateMask: [10, u8],
      }),
      NESTED,
    ],
  }),
)

/** A request has a struct br_mdb_entry where the kernel has a table, which is longer than that if anything is in it. */
function isEntry(bytes: Uint8Array, offset: number, end: number): boolean {
  const size = 4 + mdbEntry.size
  try {
    for (const { type, start, stop } of attributesIn(bytes, Math.min(offset + mdbHeader.size, end), end)) {
      if (type === 1) return stop - start === size
    }
  } catch {}
  return false
}

/** Both, as they stand in a trace. */
export const mdbMessage = either(entryMessage, databaseMessage, { reads: isEntry, writes: (value) => 'entry' in value })

/**
 * Multicast groups of the bridge with index `ifindex`: `mdb.entry` holds lists of them, each with the port that listens, and
 * `router` the ports with a multicast router behind them.
 */
export type MulticastDatabase = Infer<typeof databaseMessage>
export type MulticastEntry = Infer<typeof mdbEntry> & Infer<typeof entryAttributes>
