export type { AddedRule, RuleOptions } from './add-rule.ts'
export type { ConnectionState, Protocol, Selector } from './expressions.ts'
export { deleteRulesOf, ownersOfRules } from './owner.ts'
export { type Policy, setForwardPolicy } from './policy.ts'
export {
  type AllowForwardSettings,
  allowForward,
  type DropInputSettings,
  dropInput,
  type MasqueradeSettings,
  masquerade,
  type PublishPortSettings,
  publishPort,
} from './rules.ts'
export type { FirewallSnapshot } from './snapshot.ts'
