import type { LinkKind } from './kind.ts'

/** A kind without attributes. Options after it are passed over by iproute2, which has nothing to read them with. */
const plain = (name: string): LinkKind => ({ name, usage: `Usage: ... ${name}`, read: () => ({}) })

export const dummy = plain('dummy')
export const ifb = plain('ifb')
export const nlmon = plain('nlmon')
export const vcan = plain('vcan')
export const team = plain('team')
