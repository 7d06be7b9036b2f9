import { isIPv4 } from 'node:net'
import { NotANamespaceError, open } from '../../netns/index.ts'
import type { link } from '../../rtnl/index.ts'
import { find } from '../create-link.ts'
import { isRefusal } from '../missing.ts'
import { type Context, withRoute } from '../target.ts'
import { ifSensible } from './foreign.ts'
import { formatPublication, type Publication, parsePublication } from './publish.ts'

/** A namespace that `connectContainer` has connected. */
export interface Container {
  readonly name: string
  /** Without the length of its network. */
  readonly address: string
  readonly bridge: string
  readonly publish: readonly Publication[]
  /** The name of the host's end of its cable: no other container has it. */
  readonly link: string
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/

export function isContainerName(name: string): boolean {
  return NAME.test(name)
}

/*
 * What there is to know of a container is written down where anybody may take it away. So it is written three times: in the alias of the host's
 * end of its cable, where people see it; with its rules, which stay when its namespace goes and takes the cable along; and on `lo` of its namespace,
 * so that another one that has been given the name since is not taken for it.
 */
const ALIAS = /^ipts container (\S+) (\S+) (\S+)((?: \S+)*)$/
const RECORD = /^container (\S+) (\S+) (\S+) (\S+)$/
const PUBLISHING = /^container (\S+) (\S+)$/

/** What the cable says. */
export function aliasOf({ name, address, bridge, publish }: Container): string {
  return ['ipts container', name, address, bridge, ...publish.map(formatPublication)].join(' ')
}

/** The container whose cable ends in this link. */
export function containerAt({ name: end, alias }: link.Link): Container | undefined {
  const [, name, address, bridge, ports = ''] = ALIAS.exec(alias ?? '') ?? []
  return containerOf(end, name, address, bridge, ports.split(' ').filter(Boolean))
}

/** What the rule says that every container has. The owner of a rule has room for this, and not for all its ports. */
export function recordOf({ link: end, name, address, bridge }: Container): string {
  return `container ${end} ${name} ${address} ${bridge}`
}

/** What the rules of a port say. */
export function ownerOfPort({ link: end }: Container, publication: Publication): string {
  return `container ${end} ${formatPublication(publication)}`
}

export function ownsRule({ link: end }: Container, owner: string): boolean {
  return owner.startsWith(`container ${end} `)
}

/** The containers that there are rules of, by the rules' owners. */
export function containersOf(owners: readonly string[]): Container[] {
  return [...new Set(owners)].flatMap((owner) => {
    const [, end, name, address, bridge] = RECORD.exec(owner) ?? []
    const ports = [...new Set(owners)].flatMap((other) => {
      const [, where, port] = PUBLISHING.exec(other) ?? []
      return where === end && port !== undefined ? [port] : []
    })
    return containerOf(end, name, address, bridge, ports) ?? []
  })
}

/** Undefined for what is not one: somebody else may have written it. */
function containerOf(
  end: string | undefined,
  name = '',
  address = '',
  bridge = '',
  ports: readonly string[] = [],
): Container | undefined {
  if (end === undefined || !isContainerName(name) || !isIPv4(address) || bridge === '') return undefined
  const publish = ifSensible(() => ports.map(parsePublication))
  return publish && { name, address, bridge, publish, link: end }
}

/** What `lo` of its namespace says. */
export function markOf({ link: end }: Pick<Container, 'link'>): string {
  return `ipts container at ${end}`
}

/** Whether the namespace that has its name now is this container's. */
export async function hasItsNamespace(container: Container, context: Context = {}): Promise<boolean> {
  try {
    using namespace = open(container.name)
    return await withRoute(namespace, context, async (route) => (await find(route, 'lo'))?.alias === markOf(container))
  } catch (error) {
    if (isRefusal(error, ['ENOENT']) || error instanceof NotANamespaceError) return false
    // Not everybody may look into it: then its name is all there is to go by.
    if (isRefusal(error, ['EPERM'])) return true
    throw error
  }
}
