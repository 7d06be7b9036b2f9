export {
  RULE_ACTIONS,
  RULE_FLAGS,
  type Rule,
  type RuleAction,
  type RuleInput,
  ruleMessage,
} from './message.ts'
export * from './messages.ts'
export { add, list, type RuleFilter, type RuleSettings, remove as delete } from './requests.ts'
