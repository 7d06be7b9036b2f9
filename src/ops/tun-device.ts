import { constants, openSync } from 'node:fs'
import { arch } from 'node:process'
import { asSystemError, ioctl, ioctlValue } from '../libc/index.ts'

// include/uapi/linux/if_tun.h: _IOW('T', n, int). PowerPC encodes the direction otherwise.
const WRITE = arch === 'ppc64' ? 0x80000000 : 0x40000000
const TUNSETIFF = WRITE + 0x454ca
const TUNSETPERSIST = WRITE + 0x454cb
const TUNSETOWNER = WRITE + 0x454cc
const TUNSETGROUP = WRITE + 0x454ce

/** IFF_* of a tun or tap link (include/uapi/linux/if_tun.h); those but `exclusive` are what /sys/class/net/NAME/tun_flags says. */
export const TUN_FLAGS = {
  tun: 0x1,
  tap: 0x2,
  /** Packets do not begin with their flags and protocol. */
  'no-pi': 0x1000,
  'one-queue': 0x2000,
  'vnet-hdr': 0x4000,
  'multi-queue': 0x100,
  persist: 0x800,
  /** There must be no such link yet. */
  exclusive: 0x8000,
} as const
export type TunFlag = keyof typeof TUN_FLAGS

/** Opens /dev/net/tun, which is then to be attached to a link. Throws SystemError. */
export function openTunDevice(): number {
  try {
    return openSync('/dev/net/tun', constants.O_RDWR | constants.O_NONBLOCK)
  } catch (error) {
    throw asSystemError(error)
  }
}

/**
 * Makes a descriptor of `openTunDevice` the other end of a link of the present namespace, which is made where there is none.
 * Throws SystemError.
 */
export function attachTun(fd: number, name: string, flags: readonly TunFlag[]): void {
  // struct ifreq: 16 bytes of name, then flags, in 40 bytes.
  const request = new Uint8Array(40)
  request.set(new TextEncoder().encode(name).subarray(0, 15))
  const bits = flags.reduce((sum, flag) => sum | TUN_FLAGS[flag], 0)
  new DataView(request.buffer).setUint16(16, bits, true)
  ioctl(fd, TUNSETIFF, request)
}

/** Whether the link stays when nobody has it open. Throws SystemError. */
export function setTunPersistent(fd: number, persistent: boolean): void {
  ioctlValue(fd, TUNSETPERSIST, Number(persistent))
}

/** The user who may attach to the link, by number. Throws SystemError. */
export function setTunOwner(fd: number, user: number): void {
  ioctlValue(fd, TUNSETOWNER, user)
}

/** The group that may attach to the link, by number. Throws SystemError. */
export function setTunGroup(fd: number, group: number): void {
  ioctlValue(fd, TUNSETGROUP, group)
}
