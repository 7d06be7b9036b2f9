import { CodecError, NetlinkError } from '../netlink/index.ts'
import { link } from '../rtnl/index.ts'
import type { Requester } from './requester.ts'

type Link = link.Link

/** Indexes of links and their names, asked for one by one and remembered. */
export interface Devices {
  /** The index of a name, an alternative name, a label (`eth0:1`), or `ifN`; 0 where there is none. */
  index(name: string): number
  /** The name of an index, or `ifN` where there is none. */
  name(index: number): string
  /** What is known of an index without asking. */
  known(index: number): Link | undefined
  remember(link: Link): void
  /** Forgets a link that may have changed. */
  forget(index: number): void
}

export function openDevices(route: Requester): Devices {
  const byIndex = new Map<number, Link>()
  const byName = new Map<string, Link>()
  const remember = (found: Link) => {
    byIndex.set(found.index, found)
    if (found.name !== undefined) byName.set(found.name, found)
    for (const name of found.propList?.altName ?? []) byName.set(name, found)
  }
  const ask = (target: string | number): Link | undefined => {
    try {
      const found = route.ask(link.get(target))
      remember(found)
      return found
    } catch (error) {
      // A name that no link can have is not even asked for.
      if (error instanceof NetlinkError || error instanceof CodecError) return undefined
      throw error
    }
  }
  // if_nametoindex(3), which ip falls back to: the kernel's ioctls take `eth0:1`, the label of an address, for eth0.
  const askLabelled = (name: string): Link | undefined => {
    const length = name.indexOf(':')
    return length > 0 && name.length < 16 ? ask(name.slice(0, length)) : undefined
  }
  return {
    index(name) {
      const found = byName.get(name) ?? ask(name) ?? askLabelled(name)
      return found?.index ?? Number(/^if(\d+)/.exec(name)?.[1] ?? 0)
    },
    name(index) {
      if (index === 0) return '*'
      return (byIndex.get(index) ?? ask(index))?.name ?? `if${index}`
    },
    known: (index) => byIndex.get(index),
    remember,
    forget(index) {
      const found = byIndex.get(index)
      byIndex.delete(index)
      for (const [name, { index: of }] of byName) if (of === index) byName.delete(name)
      void found
    },
  }
}

export function hasFlag(link: Link | undefined, flag: link.LinkFlag): boolean {
  return link?.flags.includes(flag) ?? false
}
