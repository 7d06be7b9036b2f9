import { cNumber, type Reader, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** The id of a next hop. */
export const id: Reader<number> = {
  hint: 'ID',
  read({ current }) {
    const number = cNumber(current, 0, 0xffffffff)
    if (number === undefined) throw wrong(current, 'invalid id value')
    return number
  },
}

/** The index of a VRF's device. */
export const vrf: Reader<number, { readonly session: Session }> = {
  hint: 'NAME',
  read({ current }, { session: { devices } }) {
    const index = devices.index(current)
    if (index === 0 || devices.known(index)?.linkinfo?.kind !== 'vrf') throw wrong(current, 'Invalid VRF\n')
    return index
  },
}
