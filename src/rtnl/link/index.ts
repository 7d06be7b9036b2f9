export { EXT_MASK, OPERSTATES, plainAttributes } from './attributes.ts'
export { BRIDGE_VLAN_FLAGS } from './bridge-family.ts'
export { IPV4_DEVCONF, IPV6_DEVCONF } from './devconf.ts'
export { HARDWARE_TYPES } from './hardware-type.ts'
export { LINK_FLAGS, type LinkFlag } from './header.ts'
export { ICMP6_COUNTERS, INET6_COUNTERS } from './inet6-counters.ts'
export { multicastRouter, querierState } from './kinds/bridge.ts'
export { PORT_STATES } from './kinds/bridge-port.ts'
export { kinds, type LinkKind, slaveKinds } from './kinds/index.ts'
export { type Link, type LinkInput, linkMessage, linkRequest } from './message.ts'
export * from './messages.ts'
export { checkAlternativeName, checkName } from './name.ts'
export {
  add,
  addAltName,
  change,
  deleteAltName,
  type Extent,
  type ExtMask,
  get,
  type LinkFilter,
  list,
  remove as delete,
  replace,
  set,
} from './requests.ts'
export { type LinkStatistics, STATISTICS, statisticsMessage } from './statistics.ts'
export { getStatistics, listStatistics, setStatistics } from './statistics-requests.ts'
export type { FlagChanges, LinkSettings, LinkTarget } from './value.ts'
