import {
  acknowledged,
  asObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  type Request,
} from '../../../netlink/index.ts'
import { RTM_GETVLAN, RTM_NEWVLAN } from '../types.ts'
import {
  type BridgeVlanInput,
  type BridgeVlanOptionsInput,
  type BridgeVlans,
  vlanDumpMessage,
  vlanMessage,
} from './message.ts'

/**
 * Options of the VLAN `vid`, or of those up to `range`, of a port, which has them already: `link.set` with `afSpec.vlanInfo` adds
 * VLANs to a port, and `link.delete` takes them away.
 */
export interface VlanSettings extends Pick<BridgeVlanInput, 'range' | 'state' | 'mcastRouter' | 'neighSuppress'> {
  /** The port's index, or the bridge's. */
  readonly index: number
  readonly vid: number
  readonly mcastMaxGroups?: number | undefined
}

/** Changes options of a port's VLANs. Fails with EINVAL where the port does not have them. Throws EncodeError. */
export function set(settings: VlanSettings): Request<void> {
  const { index, vid, ...options } = asObject(settings)
  return acknowledged({
    operation: `set VLAN ${span(vid, options.range)} of link with index ${index}`,
    type: RTM_NEWVLAN,
    codec: vlanMessage,
    value: { family: 'bridge', ifindex: index, entry: [{ info: { flags: ['only-opts'], vid }, ...options }] },
  })
}

/** Options of the VLAN `id`, or of those up to `range`, on a whole bridge. Times are in hundredths of a second. */
export interface GlobalVlanSettings
  extends Omit<BridgeVlanOptionsInput, 'pad' | 'mcastRouterPorts' | 'mcastQuerierState'> {
  /** The bridge's index. */
  readonly index: number
  readonly id: number
}

/** Changes what holds for VLANs on a whole bridge. Throws EncodeError. */
export function setGlobal(settings: GlobalVlanSettings): Request<void> {
  const { index, ...options } = asObject(settings)
  return acknowledged({
    operation: `set VLAN ${span(options.id, options.range)} of bridge with index ${index}`,
    type: RTM_NEWVLAN,
    codec: vlanMessage,
    value: { family: 'bridge', ifindex: index, globalOptions: [options] },
  })
}

function span(from: number | undefined, to: number | undefined): string {
  if (from === undefined) throw new EncodeError('no VLAN is given').within('vid')
  return to === undefined ? String(from) : `${from}-${to}`
}

/** Which VLANs are listed. */
export interface VlanFilter {
  /** Of the port, or bridge, with this index. */
  readonly index?: number | undefined
  /** What holds on whole bridges, instead of the ports' VLANs. */
  readonly global?: boolean | undefined
  /** With counters. */
  readonly stats?: boolean | undefined
}

/** Asks for VLANs with their options; an item may hold some of a port's VLANs, and the next one more of them. */
export function list(filter: VlanFilter = {}): DumpRequest<BridgeVlans> {
  const { index, global = false, stats = false, ...rest } = asObject(filter)
  checkRest(rest)
  const flags = [...(stats ? (['stats'] as const) : []), ...(global ? (['global'] as const) : [])]
  return dumped(
    {
      operation: 'list bridge VLANs',
      type: RTM_GETVLAN,
      codec: vlanDumpMessage,
      value: { family: 'bridge', ifindex: index, flags },
    },
    vlanMessage,
    (vlans: BridgeVlans) => (index === undefined || vlans.ifindex === index ? vlans : undefined),
  )
}
