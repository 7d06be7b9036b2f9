import type { link } from '../../../../rtnl/index.ts'

type Info = NonNullable<link.Link['linkinfo']>
type InfoInput = NonNullable<link.LinkInput['linkinfo']>

/** The decoded attributes of a kind. */
export type DataOf<Kind extends string> = NonNullable<Extract<Info, { kind: Kind }>['data']>
/** The attributes of a kind in a request. */
export type InputOf<Kind extends string> = NonNullable<Extract<InfoInput, { kind: Kind }>['data']>
/** The decoded attributes of a link under a master of a kind. */
export type SlaveDataOf<Kind extends string> = NonNullable<Extract<Info, { slaveKind: Kind }>['slaveData']>
export type SlaveInputOf<Kind extends string> = NonNullable<Extract<InfoInput, { slaveKind: Kind }>['slaveData']>
