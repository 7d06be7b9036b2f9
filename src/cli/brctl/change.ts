import { SystemError } from '../../libc/index.ts'
import { link } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { byIoctl, refused, type Tool } from '../nettools/index.ts'
import { bridgeData, bridgeNamed, findLink, portSettings } from './bridges.ts'

const failure = (message: string) => new CommandFailure(message, 1)

const [EPERM, ENOENT, ENXIO, EBUSY, ENODEV, EINVAL] = [1, 2, 6, 16, 19, 22]

/** Does it, and fails with what `words` make of an errno. Returns the exit status, as all here do. */
function attempt(action: () => void, words: (refusal: { code: string; words: string }) => string): number {
  try {
    action()
    return 0
  } catch (error) {
    throw failure(words(refused(error)))
  }
}

/** `brctl addbr`. Throws CommandFailure. */
export function addBridge(given: string, { route }: Tool): number {
  const name = given.slice(0, 15)
  return attempt(
    () => {
      if (name === '' || name === '.' || name === '..' || /[/:\s]/.test(name)) throw new SystemError(EINVAL, 'ioctl')
      route.change(link.add({ name, kind: 'bridge' }))
    },
    ({ code, words }) =>
      code === 'EEXIST'
        ? `device ${given} already exists; can't create bridge with the same name`
        : `add bridge failed: ${words}`,
  )
}

/** `brctl delbr`: by netlink a bridge that is up would go too. Throws CommandFailure. */
export function deleteBridge(name: string, tool: Tool): number {
  return attempt(
    () => {
      const found = findLink(name, tool)
      if (found === undefined) throw new SystemError(ENXIO, 'ioctl')
      if (bridgeData(found) === undefined) throw new SystemError(EPERM, 'ioctl')
      if (found.flags.includes('up')) throw new SystemError(EBUSY, 'ioctl')
      tool.route.change(link.delete(found.index))
    },
    ({ code, words }) => {
      if (code === 'ENXIO') return `bridge ${name} doesn't exist; can't delete it`
      return code === 'EBUSY' ? `bridge ${name} is still up; can't delete it` : `can't delete bridge ${name}: ${words}`
    },
  )
}

/** `brctl addif`: by netlink a link that has a master would change it. Throws CommandFailure. */
export function addPort(bridge: string, device: string, tool: Tool): number {
  return attempt(
    () => {
      const { master, index } = linkNamed(device, tool)
      const to = bridgeNamed(bridge, tool)
      if (master !== undefined && master !== 0) throw new SystemError(EBUSY, 'ioctl')
      tool.route.change(link.set({ index, master: to.index }))
    },
    ({ code, words }) => {
      if (code === 'ENODEV') return missing(bridge, device, tool)
      if (code === 'EBUSY') return `device ${device} is already a member of a bridge; can't add it to bridge ${bridge}.`
      if (code === 'ELOOP') {
        return `device ${device} is a bridge device itself; can't add a bridge device to a bridge device.`
      }
      return `can't add ${device} to bridge ${bridge}: ${words}`
    },
  )
}

/** `brctl delif`. Throws CommandFailure. */
export function deletePort(bridge: string, device: string, tool: Tool): number {
  return attempt(
    () => {
      const { master, index } = linkNamed(device, tool)
      if (bridgeNamed(bridge, tool).index !== master) throw new SystemError(EINVAL, 'ioctl')
      tool.route.change(link.set({ index, master: 0 }))
    },
    ({ code, words }) => {
      if (code === 'ENODEV') return missing(bridge, device, tool)
      if (code === 'EINVAL') return `device ${device} is not a port of ${bridge}`
      return `can't delete ${device} from ${bridge}: ${words}`
    },
  )
}

/** `brctl hairpin`. Throws CommandFailure. */
export function setHairpin(bridge: string, device: string, mode: boolean, tool: Tool): number {
  return attempt(
    () => {
      const { index } = linkNamed(device, tool)
      linkNamed(bridge, tool)
      setPort(index, { mode }, tool)
    },
    ({ code, words }) =>
      code === 'ENODEV'
        ? missing(bridge, device, tool)
        : `can't set ${device} to hairpin on bridge ${bridge}: ${words}`,
  )
}

type BridgeSettings = Extract<Parameters<typeof link.set>[0], { readonly kind?: 'bridge' }>['data']
type PortSettings = Extract<Parameters<typeof link.set>[0], { readonly slaveKind?: 'bridge' }>['slaveData']

/** Changes what `what` says of a bridge. Throws CommandFailure. */
export function setBridge(name: string, what: string, data: BridgeSettings, tool: Tool): number {
  return byIoctl(`set ${what} failed`, 1, () => {
    const { index } = bridgeNamed(name, tool)
    tool.route.change(link.set({ index, kind: 'bridge', data }))
    return 0
  })
}

/** Changes what `what` says of a port, whichever bridge it belongs to. Throws CommandFailure. */
export function changePort(device: string, what: string, slaveData: PortSettings, tool: Tool): number {
  return byIoctl(`set ${what} failed`, 1, () => {
    setPort(linkNamed(device, tool).index, slaveData, tool)
    return 0
  })
}

function setPort(index: number, slaveData: PortSettings, { route }: Tool): void {
  if (portSettings(route.ask(link.get(index))) === undefined) throw new SystemError(ENOENT, 'ioctl')
  route.change(link.set({ index, slaveKind: 'bridge', slaveData }))
}

function linkNamed(name: string, tool: Tool): link.Link {
  const found = findLink(name, tool)
  if (found === undefined) throw new SystemError(ENODEV, 'ioctl')
  return found
}

function missing(bridge: string, device: string, tool: Tool): string {
  return findLink(device, tool) === undefined
    ? `interface ${device} does not exist!`
    : `bridge ${bridge} does not exist!`
}
