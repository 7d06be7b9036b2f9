import { readFileSync } from 'node:fs'
import { SystemError } from '../../libc/index.ts'
import { link, neighbour, route } from '../../rtnl/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { byIoctl, hardwareNamed, hardwareOf, readEthernet, refused, resolveHost, type Tool } from '../nettools/index.ts'
import type { ArpOptions } from './options.ts'

/** A command line of which nothing but the usage can be said. */
export class UsageFailure extends Error {}

const failure = (message: string) => new CommandFailure(`arp: ${message}`, 255)

interface Modifiers {
  temporary: boolean
  /** `pub`, `priv`, or neither. */
  published: boolean | undefined
  device: string | undefined
  /** What the kernel takes with a published address only. */
  narrow: boolean
}

async function readModifiers(words: readonly string[], options: ArpOptions): Promise<Modifiers> {
  const modifiers: Modifiers = { temporary: false, published: undefined, device: options.device, narrow: false }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'temp') modifiers.temporary = true
    else if (word === 'pub') modifiers.published = true
    else if (word === 'priv') modifiers.published = false
    else if (word === 'dontpub') modifiers.narrow = true
    else if (word === 'dev' || word === 'netmask') {
      const value = rest.shift()
      if (value === undefined) throw new UsageFailure()
      if (word === 'dev') modifiers.device = value
      else if (value !== '255.255.255.255') {
        await resolveHost(value)
        modifiers.narrow = true
      }
    } else if (word !== 'trail' && word !== 'auto') throw new UsageFailure()
  }
  return modifiers
}

/** `arp -s HOST HWADDR`: an entry that stays. Throws CommandFailure, UsageFailure. */
export async function set(words: readonly string[], options: ArpOptions, tool: Tool): Promise<number> {
  const [name, hardwareAddress, ...rest] = words
  if (name === undefined) throw failure('need host name')
  const { address } = await resolveHost(name)
  if (hardwareAddress === undefined) throw failure('need hardware address')
  const usual = (options.hardware ?? hardwareNamed('ether')!).type
  const { address: lladdr, type } = options.useDevice
    ? hardwareOfDevice(hardwareAddress, options, tool)
    : { address: readEthernet(hardwareAddress), type: usual }
  if (lladdr === undefined) throw failure('invalid hardware address')
  const { temporary, published, device, narrow } = await readModifiers(rest, options)
  if (options.verbose) tool.complain('arp: SIOCSARP()\n')
  byIoctl('SIOCSARP', 255, () => {
    if (narrow) throw new SystemError(EINVAL, 'SIOCSARP')
    if (published) {
      const index = device === undefined ? withAddress(type, lladdr, tool) : indexOf(device, type, tool)
      tool.route.change(neighbour.replace({ dst: address, index, flags: ['proxy'] }))
    } else {
      const index = device === undefined ? towards(address, type, tool) : indexOf(device, type, tool)
      tool.route.change(
        neighbour.replace({ dst: address, index, lladdr, state: temporary ? ['stale'] : ['permanent'] }),
      )
    }
  })
  return 0
}

/** `arp -d HOST`: removes the entry, or else the published address. Throws CommandFailure, UsageFailure. */
export async function remove([name, ...rest]: readonly string[], options: ArpOptions, tool: Tool): Promise<number> {
  if (name === undefined) throw failure('need host name')
  const { address } = await resolveHost(name)
  for (const word of options.verbose ? rest : []) tool.complain(`args=${word}\n`)
  const { published, device } = await readModifiers(rest, options)
  const kinds = published === undefined ? [false, true] : [published]
  for (const proxy of kinds) {
    const ioctl = `SIOCDARP(${proxy ? 'pub' : 'dontpub'})`
    if (options.verbose) tool.complain(`arp: ${ioctl}\n`)
    try {
      const index =
        device !== undefined ? indexOf(device, undefined, tool) : proxy ? 0 : towards(address, undefined, tool)
      tool.route.change(neighbour.delete({ dst: address, index, flags: proxy ? ['proxy'] : [] }))
      return 0
    } catch (error) {
      const { code, words } = refused(error)
      if (code !== 'ENXIO' && code !== 'ENOENT') throw new CommandFailure(`${ioctl}: ${words}`, 255)
    }
  }
  tool.out.write(`No ARP entry for ${name}\n`)
  return 255
}

/** `arp -f FILE`: lines of a host and its hardware address, in either order. Throws CommandFailure, UsageFailure. */
export async function load(file: string, options: ArpOptions, tool: Tool): Promise<number> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw failure(`cannot open etherfile ${file} !`)
  }
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    if (options.verbose) tool.complain(`>> ${line}\n`)
    const words = line.split(/\s+/).filter((word) => word !== '')
    if (line === '' || line.startsWith('#')) continue
    if (words.length < 2) {
      tool.complain(`arp: format error on line ${i + 1} of etherfile ${file} !\n`)
      continue
    }
    const [first, second, ...rest] = words as [string, string, ...string[]]
    try {
      await set(first.includes(':') ? [second, first, ...rest] : words, options, tool)
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error
      tool.complain(`${error.message}\narp: cannot set entry on line ${i + 1} of etherfile ${file} !\n`)
    }
  }
  return 0
}

function hardwareOfDevice(device: string, options: ArpOptions, { route: kernel, complain }: Tool): link.Link {
  const found = (() => {
    try {
      return kernel.ask(link.get(device))
    } catch (error) {
      throw failure(`cant get HW-Address for \`${device}': ${refused(error).words}.`)
    }
  })()
  if (options.hardware !== undefined && options.hardware.type !== found.type) throw failure('protocol type mismatch.')
  if (options.verbose) {
    complain(`arp: device \`${device}' has HW address ${hardwareOf(found.type).name} \`${found.address}'.\n`)
  }
  return found
}

const [EINVAL, ENODEV] = [22, 19]

/** The index of a device, which is to be of that hardware (net/ipv4/arp.c, arp_req_dev). */
function indexOf(device: string, type: link.Link['type'] | undefined, { route: kernel }: Tool): number {
  const found = kernel.ask(link.get(device))
  if (type !== undefined && found.type !== type) throw new SystemError(EINVAL, 'SIOCSARP')
  return found.index
}

/** The device by which packets to an address leave. */
function towards(address: string, type: link.Link['type'] | undefined, { route: kernel }: Tool): number {
  const index = kernel.ask(route.get({ dst: address })).oif ?? 0
  if (type !== undefined && kernel.ask(link.get(index)).type !== type) {
    throw new SystemError(EINVAL, 'SIOCSARP')
  }
  return index
}

/** The device that has a hardware address. */
function withAddress(type: link.Link['type'], lladdr: string, { route: kernel }: Tool): number {
  const found = [...kernel.each(link.list())].find((one) => one.type === type && one.address === lladdr)
  if (found === undefined) throw new SystemError(ENODEV, 'SIOCSARP')
  return found.index
}
