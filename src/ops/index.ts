/**
 * Networking as verbs: ops that can be undone, plans of them that roll back when a step fails; address translation, published ports,
 * containers and overlays; ICMP echo and TCP in any namespace, kernel parameters, waiting for links and addresses; and a disposable host to
 * try them in.
 *
 * ```ts
 * const lab = plan('a container', [
 *   createNetns('red'),
 *   createVethPair({ name: 'veth-red', peer: { name: 'eth0', netns: 'red' } }),
 *   addAddress({ link: 'veth-red', address: '10.0.0.1/24' }),
 *   setUp({ link: 'veth-red' }),
 * ])
 * const done = await lab.do()
 * await lab.undo(done)
 * ```
 * @packageDocumentation
 */
export { type AddAddressSettings, addAddress } from './address.ts'
export {
  type Attached,
  type AttachSettings,
  attachToBridge,
  type LinkPlace,
  type Moved,
  type MoveSettings,
  moveToNetns,
  setDown,
  setMtu,
  setUp,
} from './change-link.ts'
export * from './container/index.ts'
export {
  type BridgeSettings,
  type CreatedLink,
  type CreateLinkSettings,
  createBridge,
  createLink,
  createVethPair,
  type VethPairSettings,
} from './create-link.ts'
export * from './firewall/index.ts'
export { enableForwarding, type ForwardingOptions } from './forwarding.ts'
export * from './icmp/index.ts'
export type { LinkParameters } from './link-parameters.ts'
export type { LinkState } from './link-state.ts'
export {
  type AddForwardingSettings,
  type AddNeighbourSettings,
  addForwarding,
  addNeighbour,
} from './neighbour.ts'
export { createNetns } from './netns.ts'
export { type Ensured, ensure, type Op, PlanError, plan, UndoError, type UndoFailure } from './op.ts'
export { joinOverlay, type OverlayHost, type OverlaySettings, stationOf } from './overlay.ts'
export { type AddPolicyRuleSettings, addPolicyRule } from './policy-rule.ts'
export { type AddRouteSettings, addRoute } from './route.ts'
export { currentSandbox, enterSandbox, type Sandbox, SandboxError, type SandboxOptions, uplink } from './sandbox.ts'
export { type NetnsSnapshot, type Snapshot, snapshot, snapshotOf } from './snapshot.ts'
export { InvalidSysctlNameError, readSysctl, type SysctlOptions, setSysctl, sysctlPath, writeSysctl } from './sysctl.ts'
export { type Context, inside, type NetnsTarget, withRoute } from './target.ts'
export { type ConnectOptions, ConnectTimeoutError, connectTcp, type ListenOptions, listen } from './tcp.ts'
export { createTun, type OpenTunSettings, openTun, type Tun, type TunMode, type TunSettings } from './tun.ts'
export {
  attachTun,
  openTunDevice,
  setTunGroup,
  setTunOwner,
  setTunPersistent,
  TUN_FLAGS,
  type TunFlag,
} from './tun-device.ts'
export { joinVrf, VrfError, type VrfStep, vrfOf, vrfProcesses } from './vrf.ts'
export {
  type AddressCondition,
  type LinkCondition,
  type Waiting,
  type WaitOptions,
  WaitTimeoutError,
  waitForAddress,
  waitForLink,
} from './wait.ts'
