import { attributes, bytes, cstring, select, string } from '../../netlink/index.ts'
import { kinds, slaveKinds } from './kinds/index.ts'

const data = select('kind', kinds, bytes)
const slaveData = select('slaveKind', slaveKinds, bytes)

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
