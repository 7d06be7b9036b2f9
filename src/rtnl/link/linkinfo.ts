import { attributes, bytes, type Codec, cstring, type Infer, select, string } from '../../netlink/index.ts'
import { kinds, slaveKinds } from './kinds/index.ts'

const data = select('kind', kinds, bytes)

type AnySlave = Infer<(typeof slaveKinds)[keyof typeof slaveKinds]>

/** In iproute2's requests there is no `slaveKind`, but a `kind` such as `bridge_slave`. */
const otherSlave = select(
  'kind',
  Object.fromEntries(Object.entries(slaveKinds).map(([kind, codec]) => [`${kind}_slave`, codec])),
  bytes,
) as unknown as Codec<Uint8Array | AnySlave, Uint8Array>

const slaveData = select('slaveKind', slaveKinds, otherSlave)

/** IFLA_INFO_*: of what kind the link is, and what its master's kind says about it. A kind unknown here keeps bytes. */
export const linkinfo = attributes({
  kind: [1, cstring],
  data: [2, data],
  xstats: [3, bytes],
  slaveKind: [4, cstring],
  slaveData: [5, slaveData],
})

/** The same as iproute2 sends it: the names of kinds end without a NUL byte. */
export const linkinfoRequest = attributes({
  kind: [1, string],
  data: [2, data],
  xstats: [3, bytes],
  slaveKind: [4, string],
  slaveData: [5, slaveData],
})
