/** Rules for people: what to masquerade, publish, let through, in a table of our own that is put in force and taken out as one. */
export { CHAINS, type ChainName, type FilterChain } from './chains.ts'
export { type Conditions, type IpFamily, type Ports, PROTOCOLS, type ProtocolName } from './conditions.ts'
export {
  ForeignTableError,
  type InstallSettings,
  install,
  installSync,
  type TableSettings,
  uninstall,
  uninstallSync,
} from './install.ts'
export {
  accept,
  type DnatSettings,
  dnat,
  drop,
  type FilterSettings,
  type FirewallRule,
  log,
  type MasqueradeSettings,
  masquerade,
  type RedirectSettings,
  type RuleSettings,
  redirect,
  reject,
  type SnatSettings,
  snat,
} from './rules.ts'
