import { noDevice, wrong } from './failure.ts'
import type { Reader } from './keyword.ts'

/** A draft that can look up devices. */
export interface DeviceDraft {
  readonly session: { readonly devices: { index(name: string): number } }
}

/** The index of a device that has to exist; `why` is the error's reason. */
export function device(why: string): Reader<number, DeviceDraft> {
  return {
    hint: 'DEVICE',
    read(words, draft) {
      const index = draft.session.devices.index(words.current)
      if (index === 0) throw wrong(words.current, why)
      return index
    },
  }
}

/** The index of a device that has to exist, at the end of a command. Throws CommandFailure. */
export function findDevice(draft: DeviceDraft, name: string): number {
  const index = draft.session.devices.index(name)
  if (index === 0) throw noDevice(name)
  return index
}

/** C's isspace(3). */
const WHITE_SPACE = /[ \t-\r]/

/** A name that the kernel could give a device; `most` is its length in bytes with the NUL that ends it. */
export function isDeviceName(name: string, most = 16): boolean {
  return name !== '' && Buffer.byteLength(name) < most && !name.includes('/') && !WHITE_SPACE.test(name)
}

/** An alternative name of a device, which may be longer. */
export function isAlternativeName(name: string): boolean {
  return isDeviceName(name, Number.POSITIVE_INFINITY)
}
