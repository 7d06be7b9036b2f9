import {
  type Address,
  expectAddress,
  isInternet,
  isMulticast,
  type Reader,
  u16,
  u32,
  wrong,
} from '../../../grammar/index.ts'
import type { InputOf } from './data.ts'
import type { OnceDraft } from './once.ts'

export type VxlanInput = InputOf<'vxlan'>

export interface VxlanDraft extends OnceDraft<VxlanInput> {
  /** The group or the remote address. */
  destination?: Address
  source?: Address
}

export const source: Reader<Address, VxlanDraft> = {
  hint: 'ADDR',
  read({ current }, draft) {
    const address = expectAddress(current, draft.destination?.family ?? 'unspec')
    if (!isInternet(address) || isMulticast(address)) throw wrong(current, 'invalid local address')
    return address
  },
}

/** A number, or a word for zero. */
export const orWord = (word: string, why: string, hint: string): Reader<number> => ({
  hint,
  read: (words, draft) => (words.current === word ? 0 : u32(why).read(words, draft)),
})

export const portRange: Reader<{ low: number; high: number }> = {
  hint: 'MIN MAX',
  read(words, draft) {
    const low = u16('min port').read(words, draft)
    words.next()
    return { low, high: u16('max port').read(words, draft) }
  },
}
