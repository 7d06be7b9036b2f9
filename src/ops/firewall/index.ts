export { type AddedRule, deleteRulesOf, type RuleOptions } from './add-rule.ts'
export type { ConnectionState, Protocol, Selector } from './expressions.ts'
export { type Policy, setForwardPolicy } from './policy.ts'
export {
  type AllowForwardSettings,
  allowForward,
  type MasqueradeSettings,
  masquerade,
  type PublishPortSettings,
  publishPort,
} from './rules.ts'
export type { FirewallSnapshot } from './snapshot.ts'
