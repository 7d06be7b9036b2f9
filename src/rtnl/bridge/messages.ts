import { type Infer, type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { databaseMessage, type MulticastDatabase, mdbMessage } from './mdb/message.ts'
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
import { type BridgeVlans, vlanDumpMessage, vlanMessage } from './vlan/message.ts'
import { type Vnis, vniMessage } from './vni/message.ts'

/** What the messages of bridges and of vxlan devices' networks hold. */
export type BridgeMessages = {
  readonly RTM_NEWMDB: Infer<typeof mdbMessage>
  readonly RTM_DELMDB: Infer<typeof mdbMessage>
  readonly RTM_GETMDB: MulticastDatabase
  readonly RTM_NEWVLAN: BridgeVlans
  readonly RTM_DELVLAN: BridgeVlans
  readonly RTM_GETVLAN: Infer<typeof vlanDumpMessage>
  readonly RTM_NEWTUNNEL: Vnis
  readonly RTM_DELTUNNEL: Vnis
  readonly RTM_GETTUNNEL: Vnis
}

/** The message types of bridges and of vxlan devices' networks (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<BridgeMessages> = messageTypes<BridgeMessages>({
  RTM_NEWMDB: [RTM_NEWMDB, mdbMessage],
  RTM_DELMDB: [RTM_DELMDB, mdbMessage],
  RTM_GETMDB: [RTM_GETMDB, databaseMessage],
  RTM_NEWVLAN: [RTM_NEWVLAN, vlanMessage],
  RTM_DELVLAN: [RTM_DELVLAN, vlanMessage],
  RTM_GETVLAN: [RTM_GETVLAN, vlanDumpMessage],
  RTM_NEWTUNNEL: [RTM_NEWTUNNEL, vniMessage],
  RTM_DELTUNNEL: [RTM_DELTUNNEL, vniMessage],
  RTM_GETTUNNEL: [RTM_GETTUNNEL, vniMessage],
})
