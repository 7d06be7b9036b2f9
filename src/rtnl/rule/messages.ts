import type { MessageType } from '../../netlink/index.ts'
import { ruleMessage } from './message.ts'

export const RTM_NEWRULE = 32
export const RTM_DELRULE = 33
export const RTM_GETRULE = 34

/** The message types about rules (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map([
  [RTM_NEWRULE, { name: 'RTM_NEWRULE', codec: ruleMessage }],
  [RTM_DELRULE, { name: 'RTM_DELRULE', codec: ruleMessage }],
  [RTM_GETRULE, { name: 'RTM_GETRULE', codec: ruleMessage }],
])
