import { closeSync, readSync, writeSync } from 'node:fs'
import { asSystemError, SystemError, type Watcher, watchReadable } from '../libc/index.ts'
import { link } from '../rtnl/index.ts'
import { noticeCarrierSync } from './carrier.ts'
import { type CreatedLink, deleteCreated, find, identified } from './create-link.ts'
import type { Op } from './op.ts'
import { inNetns, inside, type NetnsTarget, withRoute } from './target.ts'
import { attachTun, openTunDevice, setTunPersistent } from './tun-device.ts'

/** `tun` carries IP packets, `tap` Ethernet frames. */
export type TunMode = 'tun' | 'tap'

export interface TunSettings {
  readonly name: string
  /** `tun` unless told. */
  readonly mode?: TunMode
  readonly netns?: NetnsTarget
}

const EBADF = 9

/**
 * Creates a link whose other end is a process: whoever opens it (`openTun`) reads what the kernel sends by it, and what is written there
 * the kernel receives. It stays when nobody has it open. Undone, it is deleted. Needs /dev/net/tun.
 */
export function createTun({ name, mode = 'tun', netns }: TunSettings): Op<CreatedLink> {
  checkName(name)
  return {
    summary: `create ${mode} ${name}${inNetns(netns)}`,
    async do(context = {}) {
      inside(netns, () => {
        const fd = attach(name, mode, true)
        try {
          setTunPersistent(fd, true)
        } finally {
          closeSync(fd)
        }
      })
      return await withRoute(netns, context, async (route) => identified(await route.request(link.get(name))))
    },
    undo: (created, context = {}) => deleteCreated(created, netns, context),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const info = (await find(route, name))?.linkinfo
        return info?.kind === 'tun' && info.data?.type === mode
      }),
  }
}

/** Throws EncodeError for what can be no name of a link: the device would take a part of it. */
function checkName(name: string): void {
  link.add({ name, kind: 'tun' } as never)
}

/** Opens the link of this name in the present namespace; `exclusive` makes it. */
function attach(name: string, mode: TunMode, exclusive: boolean): number {
  const fd = openTunDevice()
  try {
    attachTun(fd, name, exclusive ? [mode, 'no-pi', 'exclusive'] : [mode, 'no-pi'])
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/** The process's end of a tun or tap link. While it is open the link has a carrier. */
export interface Tun extends Disposable {
  /**
   * Sends a packet (tap: a frame) into the host, as if it had arrived by the link. Throws SystemError: 'EIO' while it is down, 'EBADF' once
   * this is disposed of.
   */
  write(packet: Uint8Array): void
}

export interface OpenTunSettings extends TunSettings {
  /** Told of every packet (tap: frame) that the host sends by the link. */
  readonly receive: (packet: Uint8Array) => void
}

/**
 * Becomes the other end of a tun or tap link, one at a time. Where there is no such link it is made, and goes when this is disposed of. Keeps the
 * process alive until then. A link that is up has a carrier from now on, and packets pass; a kernel before 6.8 notices that up to a
 * second later (`waitForLink`).
 * @throws EncodeError for what is no name of a link
 * @throws SystemError 'EACCES' or 'ENOENT' for /dev/net/tun, 'EBUSY' when somebody else has it, 'EINVAL' for a link of another kind
 */
export function openTun({ name, mode = 'tun', netns, receive }: OpenTunSettings): Tun {
  checkName(name)
  const fd = inside(netns, () => {
    const attached = attach(name, mode, false)
    noticeCarrierSync(name)
    return attached
  })
  const buffer = new Uint8Array(0x10000)
  let watcher: Watcher | undefined = watchReadable(fd, () => {
    while (watcher !== undefined) {
      const length = readPacket(fd, buffer)
      if (length === undefined) return
      receive(buffer.slice(0, length))
    }
  })
  watcher.ref()
  return {
    write(packet) {
      // The number of the descriptor may be somebody else's by now.
      if (watcher === undefined) throw new SystemError(EBADF, 'write')
      try {
        writeSync(fd, packet)
      } catch (error) {
        throw asSystemError(error)
      }
    },
    [Symbol.dispose]() {
      if (watcher === undefined) return
      watcher.stop()
      watcher = undefined
      closeSync(fd)
    },
  }
}

/** Undefined when there is none, and when the link is down or gone. */
function readPacket(fd: number, buffer: Uint8Array): number | undefined {
  try {
    return readSync(fd, buffer)
  } catch {
    return undefined
  }
}
