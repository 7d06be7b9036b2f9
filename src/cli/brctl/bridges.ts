import { SystemError } from '../../libc/index.ts'
import { link } from '../../rtnl/index.ts'
import { refused, type Tool } from '../nettools/index.ts'

type Link = link.Link
export type Bridge = Link & { readonly linkinfo: { readonly kind: 'bridge' } & NonNullable<Link['linkinfo']> }
/** A bridge's port, with what the bridge says of it. */
export interface Port {
  readonly name: string
  readonly link: Link
  readonly settings: NonNullable<ReturnType<typeof portSettings>>
}

const [ENODEV, EOPNOTSUPP] = [19, 95]

/** A link by name; undefined where there is none. */
export function findLink(name: string, { route }: Tool): Link | undefined {
  try {
    return route.ask(link.get(name))
  } catch (error) {
    if (refused(error).code === 'ENODEV') return undefined
    throw error
  }
}

export function bridgeData(of: Link) {
  return of.linkinfo?.kind === 'bridge' && !(of.linkinfo.data instanceof Uint8Array) ? of.linkinfo.data : undefined
}

export function portSettings(of: Link) {
  return of.linkinfo?.slaveKind === 'bridge' && !(of.linkinfo.slaveData instanceof Uint8Array)
    ? of.linkinfo.slaveData
    : undefined
}

/** A bridge by name. Throws SystemError, ENODEV or, for another kind of link, EOPNOTSUPP. */
export function bridgeNamed(name: string, tool: Tool): Link {
  const found = findLink(name, tool)
  if (found === undefined) throw new SystemError(ENODEV, 'ioctl')
  if (bridgeData(found) === undefined) throw new SystemError(EOPNOTSUPP, 'ioctl')
  return found
}

/** All bridges by name. */
export function listBridges({ route }: Tool): Link[] {
  return [...route.each(link.list({ kind: 'bridge' }))].filter((one) => bridgeData(one) !== undefined).sort(byName)
}

/** A bridge's ports by name. */
export function listPorts(bridge: Link, { route }: Tool): Link[] {
  return [...route.each(link.list({ master: bridge.index }))]
    .filter(({ master }) => master === bridge.index)
    .sort(byName)
}

function byName(a: Link, b: Link): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1
}
