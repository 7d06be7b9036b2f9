import { SystemError } from '../../libc/index.ts'
import { address as addresses } from '../../rtnl/index.ts'
import { dotted, type Tool, undotted } from '../nettools/index.ts'
import { type Address, findInterface, type Interface, linkName, listInterfaces } from './interfaces.ts'

const [ENODEV, EINVAL, EADDRNOTAVAIL] = [19, 22, 99]

interface Draft {
  local: number
  /** The other end's, of a point-to-point link; else the same. */
  remote: number
  length: number
  broadcast: number | undefined
}

/**
 * What SIOCSIFADDR does: the address of that label becomes another one, with the netmask of its class (net/ipv4/devinet.c,
 * devinet_ioctl). Throws SystemError, NetlinkError.
 */
export function setAddress(name: string, address: string, tool: Tool): void {
  const one = existing(name, tool)
  const local = undotted(address)
  const classful = classLength(local)
  if (classful === undefined) throw new SystemError(EINVAL, 'SIOCSIFADDR')
  if (one.inet?.local === address) return
  const { flags } = one.link
  const length = flags.includes('point-to-point') ? 32 : classful
  const broadcast = flags.includes('broadcast') && length < 31 ? (local | ~maskOf(length)) >>> 0 : undefined
  exchange(one, local === 0 ? undefined : { local, remote: local, length, broadcast }, tool)
}

/** SIOCSIFNETMASK: a broadcast address that followed from the old one follows from the new one. Throws SystemError, NetlinkError. */
export function setNetmask(name: string, netmask: string, tool: Tool): void {
  const { one, draft } = addressed(name, tool)
  const mask = undotted(netmask)
  const holes = ~mask >>> 0
  if ((holes & (holes + 1)) !== 0) throw new SystemError(EINVAL, 'SIOCSIFNETMASK')
  const length = 32 - Math.log2(holes + 1)
  if (length === draft.length) return
  const follows = draft.broadcast === (draft.local | ~maskOf(draft.length)) >>> 0
  if (one.link.flags.includes('broadcast') && length < 31 && follows) {
    draft.broadcast = (draft.local | ~maskOf(length)) >>> 0
  }
  exchange(one, { ...draft, length }, tool)
}

/** SIOCSIFBRDADDR. Throws SystemError, NetlinkError. */
export function setBroadcast(name: string, broadcast: string, tool: Tool): void {
  const { one, draft } = addressed(name, tool)
  if (draft.broadcast === undotted(broadcast)) return
  exchange(one, { ...draft, broadcast: undotted(broadcast) }, tool)
}

/** SIOCSIFDSTADDR. Throws SystemError, NetlinkError. */
export function setDestination(name: string, destination: string, tool: Tool): void {
  const { one, draft } = addressed(name, tool)
  const remote = undotted(destination)
  if (remote === draft.remote) return
  if (classLength(remote) === undefined) throw new SystemError(EINVAL, 'SIOCSIFDSTADDR')
  exchange(one, { ...draft, remote }, tool)
}

/** `add`: an alias of the first number that is free, with the netmask and the broadcast address of the link's own. */
export function addAlias(name: string, address: string, tool: Tool): void {
  const parent = existing(name, tool)
  const aliases = listInterfaces(tool).filter((one) => one.name.startsWith(`${name}:`))
  if (aliases.some(({ inet }) => inet?.local === address)) return
  const used = new Set(aliases.map((one) => Number.parseInt(one.name.slice(name.length + 1), 10)))
  let number = 0
  while (used.has(number)) number++
  const own = parent.inet === undefined ? undefined : draftOf(parent.inet)
  const local = undotted(address)
  const draft = { local, remote: local, length: own?.length ?? 0, broadcast: own?.broadcast ?? 0 }
  exchange({ ...parent, name: `${name}:${number}`, inet: undefined }, draft, tool)
}

/** `del`: the alias with that address. Throws SystemError where there is none. */
export function deleteAlias(name: string, address: string, tool: Tool): void {
  existing(name, tool)
  const found = listInterfaces(tool).find((one) => one.name.startsWith(`${name}:`) && one.inet?.local === address)
  if (found === undefined) throw new SystemError(EADDRNOTAVAIL, 'SIOCDIFADDR')
  exchange(found, undefined, tool)
}

/** An alias that is taken down is gone. Throws SystemError where there is none. */
export function removeAlias(name: string, tool: Tool): void {
  exchange(addressed(name, tool).one, undefined, tool)
}

function existing(name: string, tool: Tool): Interface {
  const one = findInterface(name, tool)
  if (one === undefined) throw new SystemError(ENODEV, 'ioctl')
  return one
}

function addressed(name: string, tool: Tool): { one: Interface; draft: Draft } {
  const one = existing(name, tool)
  if (one.inet === undefined) throw new SystemError(EADDRNOTAVAIL, 'ioctl')
  return { one, draft: draftOf(one.inet) }
}

function draftOf({ address = '', local, broadcast }: Address): Draft {
  const [remote = '0.0.0.0', length = '32'] = address.split('/')
  return {
    local: undotted(local ?? remote),
    remote: undotted(remote),
    length: Number(length),
    broadcast: broadcast === undefined ? undefined : undotted(broadcast),
  }
}

/** By netlink an address is what it is: another one takes its place. */
function exchange({ name, link: { index }, inet }: Interface, draft: Draft | undefined, { route }: Tool): void {
  if (inet !== undefined)
    route.change(addresses.delete({ family: 'inet', index, local: inet.local, address: inet.address }))
  if (draft === undefined) return
  const local = dotted(draft.local)
  route.change(
    addresses.add({
      index,
      local,
      address: `${dotted(draft.remote)}/${draft.length}`,
      broadcast: draft.broadcast === undefined ? undefined : dotted(draft.broadcast),
      label: name === linkName(name) ? undefined : name,
      scope: draft.local >>> 24 === 127 ? 'host' : 'global',
    }),
  )
}

/** The prefix length of an address's class (net/ipv4/devinet.c, inet_abc_len); undefined where it has none. */
function classLength(address: number): number | undefined {
  if (address === 0 || address === 0xffffffff) return 0
  const first = address >>> 24
  if (first < 128) return 8
  if (first < 192) return 16
  if (first < 224) return 24
  return first < 240 ? undefined : 32
}

function maskOf(length: number): number {
  return length === 0 ? 0 : (-1 << (32 - length)) >>> 0
}
