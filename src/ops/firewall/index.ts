export type { ConnectionState, Protocol, Selector } from './expressions.ts'
export { type Policy, setForwardPolicy } from './policy.ts'
export {
  type AddedRule,
  type AllowForwardSettings,
  allowForward,
  deleteRulesOf,
  type MasqueradeSettings,
  masquerade,
  type PublishPortSettings,
  publishPort,
  type RuleOptions,
} from './rules.ts'
export type { FirewallSnapshot } from './snapshot.ts'
