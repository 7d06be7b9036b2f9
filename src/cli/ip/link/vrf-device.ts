import { type Reader, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** The index of a device that is a VRF. */
export const vrfDevice: Reader<number, { readonly session: Session }> = {
  hint: 'NAME',
  read({ current }, { session: { devices } }) {
    const index = devices.index(current)
    if (index === 0 || devices.known(index)?.linkinfo?.kind !== 'vrf') throw wrong(current, 'Not a valid VRF name\n')
    return index
  },
}
