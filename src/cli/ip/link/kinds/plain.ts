import type { LinkKind } from './kind.ts'

/** A kind without attributes. Options after it are passed over by iproute2, which has nothing to read them with. */
const plain = (name: string): LinkKind => ({ name, usage: `Usage: ... ${name}`, read: () => ({}) })

/** The same for a kind that rtnl has no table for, whose attributes are bytes. */
const unlisted = (name: string): LinkKind => ({ ...plain(name), read: () => new Uint8Array() })

export const dummy = plain('dummy')
export const ifb = plain('ifb')
export const netdevsim = unlisted('netdevsim')
export const nlmon = plain('nlmon')
export const team = unlisted('team')
export const teamSlave = unlisted('team_slave')
export const vcan = plain('vcan')
export const virtWifi: LinkKind = { ...unlisted('virt_wifi'), usage: 'Usage: ... virt_wifi ' }
