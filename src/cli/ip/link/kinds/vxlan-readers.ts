import {
  type Address,
  choice,
  cNumber,
  expectAddress,
  isMulticast,
  noDevice,
  type Reader,
  u16,
  u32,
  wrong,
} from '../../../grammar/index.ts'
import type { InputOf } from './data.ts'
import type { KindDraft } from './kind.ts'

export type VxlanInput = InputOf<'vxlan'>

export interface VxlanDraft extends KindDraft<VxlanInput> {
  /** Attributes that have been given, of each of which there may be one. */
  readonly given: Set<string>
  /** The group or the remote address. */
  destination?: Address
  source?: Address
}

const NETWORKS = 1 << 24

export const network: Reader<number> = u32('invalid id', 'VNI', NETWORKS - 1)

export const source: Reader<Address, VxlanDraft> = {
  hint: 'ADDR',
  read({ current }, draft) {
    const address = expectAddress(current, draft.destination?.family ?? 'unspec')
    if (isMulticast(address)) throw wrong(current, 'invalid local address')
    return address
  },
}

export const below: Reader<number, VxlanDraft> = {
  hint: 'PHYS_DEV',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw noDevice(current, 255)
    return index
  },
}

export const timeToLive: Reader<Pick<VxlanInput, 'ttl' | 'ttlInherit'>> = {
  hint: 'TTL',
  read({ current }) {
    if (current === 'inherit') return { ttlInherit: true }
    const ttl = current === 'auto' ? 0 : cNumber(current, 0, 0xffffffff)
    if (ttl === undefined) throw wrong(current, 'invalid TTL')
    if (ttl > 255) throw wrong(current, 'TTL must be <= 255')
    return { ttl }
  },
}

export const typeOfService: Reader<number, VxlanDraft> = {
  hint: 'TOS',
  read({ current }, { session }) {
    const tos = current === 'inherit' ? 1 : session.names.dsfield.id(current)
    if (tos === undefined) throw wrong(current, 'bad TOS value')
    return tos
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

export const fragmentation = choice(
  { unset: 'unset', set: 'set', inherit: 'inherit' } as const,
  "DF must be 'unset', 'set' or 'inherit'",
)
