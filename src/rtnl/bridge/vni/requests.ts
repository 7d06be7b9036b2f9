import {
  acknowledged,
  asObject,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  quote,
  type Request,
  within,
} from '../../../netlink/index.ts'
import { familyOf } from '../../prefix.ts'
import { RTM_DELTUNNEL, RTM_GETTUNNEL, RTM_NEWTUNNEL } from '../types.ts'
import { type Vnis, vniMessage } from './message.ts'

/** Networks that a vxlan device with `vnifilter` is to take. */
export interface VniSettings {
  /** The vxlan device's index. */
  readonly index: number
  /** Network identifiers, each alone or from `start` to `end`. */
  readonly vnis: readonly (number | { readonly start: number; readonly end?: number | undefined })[]
  /** The multicast group, or the one far end, that what is for nobody in particular goes to. */
  readonly group?: string | undefined
}

/** Adds networks, or gives those that are there another group. Throws EncodeError. */
export function add(settings: VniSettings): Request<void> {
  return change('add', RTM_NEWTUNNEL, settings)
}

/** Takes networks away. Fails with ENOENT where there are none. Throws EncodeError. */
export function remove(settings: VniSettings): Request<void> {
  return change('delete', RTM_DELTUNNEL, settings)
}

function change(verb: string, type: number, settings: VniSettings): Request<void> {
  const { index, vnis, group } = asObject(settings)
  if (!Array.isArray(vnis)) throw new EncodeError(`expected an array, got ${quote(vnis)}`).within('vnis')
  const where = group === undefined ? undefined : within('group', () => familyOf(group))
  const far = where === undefined ? {} : where === 'inet' ? { group } : { group6: group }
  const entry = vnis.map((vni) => ({ ...(typeof vni === 'number' ? { start: vni } : vni), ...far }))
  return acknowledged({
    operation: `${verb} ${entry.map(({ start }) => start).join(', ')} of vxlan device with index ${index}`,
    type,
    codec: vniMessage,
    value: { family: 'bridge', ifindex: index, entry },
  })
}

/** Asks for the networks of all vxlan devices that filter them, or of the one with `index`. */
export function list(
  filter: { readonly index?: number | undefined; readonly stats?: boolean | undefined } = {},
): DumpRequest<Vnis> {
  checkObject(filter)
  const { index, stats = false, ...rest } = filter
  checkRest(rest)
  return dumped(
    {
      operation: 'list vxlan networks',
      type: RTM_GETTUNNEL,
      codec: vniMessage,
      value: { family: 'bridge', ifindex: index, flags: stats ? ['stats'] : [] },
    },
    vniMessage,
    (vnis: Vnis) => (index === undefined || vnis.ifindex === index ? vnis : undefined),
  )
}
