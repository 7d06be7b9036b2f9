/** What arp, ifconfig and route share: the words of net-tools for hosts, hardware, families and refusals. */
export { FAMILIES, isFamily } from './family.ts'
export { columns, HARDWARE, type Hardware, hardwareNamed, hardwareOf, readEthernet, UNSPECIFIED } from './hardware.ts'
export {
  dotted,
  hostName,
  lookupWords,
  networkName,
  parseDotted,
  type Resolved,
  resolveHost,
  undotted,
} from './host.ts'
export { byIoctl, refused, runTool, type Tool } from './tool.ts'
