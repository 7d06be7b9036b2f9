import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type Rule, ruleMessage } from './message.ts'

export const RTM_NEWRULE = 32
export const RTM_DELRULE = 33
export const RTM_GETRULE = 34

/** What the messages about rules hold. */
export type RuleMessages = {
  readonly RTM_NEWRULE: Rule
  readonly RTM_DELRULE: Rule
  readonly RTM_GETRULE: Rule
}

/** The message types about rules (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<RuleMessages> = messageTypes<RuleMessages>({
  RTM_NEWRULE: [RTM_NEWRULE, ruleMessage],
  RTM_DELRULE: [RTM_DELRULE, ruleMessage],
  RTM_GETRULE: [RTM_GETRULE, ruleMessage],
})
