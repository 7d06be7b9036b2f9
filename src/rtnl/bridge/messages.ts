import type { MessageType } from '../../netlink/index.ts'
import { databaseMessage, mdbMessage } from './mdb/message.ts'
import {
  RTM_DELMDB,
  RTM_DELTUNNEL,
  RTM_DELVLAN,
  RTM_GETMDB,
  RTM_GETTUNNEL,
  RTM_GETVLAN,
  RTM_NEWMDB,
  RTM_NEWTUNNEL,
  RTM_NEWVLAN,
} from './types.ts'
import { vlanDumpMessage, vlanMessage } from './vlan/message.ts'
import { vniMessage } from './vni/message.ts'

/** The message types of bridges and of vxlan devices' networks (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [RTM_NEWMDB, { name: 'RTM_NEWMDB', codec: mdbMessage }],
  [RTM_DELMDB, { name: 'RTM_DELMDB', codec: mdbMessage }],
  [RTM_GETMDB, { name: 'RTM_GETMDB', codec: databaseMessage }],
  [RTM_NEWVLAN, { name: 'RTM_NEWVLAN', codec: vlanMessage }],
  [RTM_DELVLAN, { name: 'RTM_DELVLAN', codec: vlanMessage }],
  [RTM_GETVLAN, { name: 'RTM_GETVLAN', codec: vlanDumpMessage }],
  [RTM_NEWTUNNEL, { name: 'RTM_NEWTUNNEL', codec: vniMessage }],
  [RTM_DELTUNNEL, { name: 'RTM_DELTUNNEL', codec: vniMessage }],
  [RTM_GETTUNNEL, { name: 'RTM_GETTUNNEL', codec: vniMessage }],
])
