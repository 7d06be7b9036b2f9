import {
  attributes,
  bytes,
  cstring,
  type Infer,
  type InferInput,
  list,
  NESTED,
  select,
} from '../../../netlink/index.ts'
import { bitwise } from './bitwise.ts'
import { cmp } from './cmp.ts'
import { counter } from './counter.ts'
import { ct } from './ct.ts'
import { dynset } from './dynset.ts'
import { fib, rt } from './fib.ts'
import { immediate } from './immediate.ts'
import { connlimit, limit, quota } from './limit.ts'
import { log } from './log.ts'
import { lookup } from './lookup.ts'
import { meta } from './meta.ts'
import { masq, nat, redir } from './nat.ts'
import { byteorder, exthdr, flowOffload, numgen, objref, queue, socket, tproxy } from './other.ts'
import { payload } from './payload.ts'
import { range } from './range.ts'
import { reject } from './reject.ts'
import { match, target } from './xt.ts'

export { BITWISE_OPERATORS } from './bitwise.ts'
export { CMP_OPERATORS } from './cmp.ts'
export { CT_KEYS, CT_STATES } from './ct.ts'
export { LOG_FLAGS, LOG_LEVELS } from './log.ts'
export { META_KEYS } from './meta.ts'
export { NAT_FLAGS } from './nat.ts'
export { PAYLOAD_BASES } from './payload.ts'
export { ICMPX_CODES } from './reject.ts'

/** What each kind of expression says (NFTA_EXPR_DATA), by the kernel's name of the kind. */
export const expressionKinds = {
  bitwise,
  byteorder,
  cmp,
  connlimit,
  counter,
  ct,
  dynset,
  exthdr,
  fib,
  flow_offload: flowOffload,
  immediate,
  limit,
  log,
  lookup,
  masq,
  match,
  meta,
  nat,
  numgen,
  objref,
  payload,
  queue,
  quota,
  range,
  redir,
  reject,
  rt,
  socket,
  target,
  tproxy,
} as const

/** NFTA_EXPR_*: one step of a rule. What a kind that is not known here says is left as bytes. */
export const expression = attributes({
  name: [1, cstring],
  data: [2, select('name', expressionKinds, bytes), NESTED],
})

/** NFTA_LIST_ELEM, one expression after another. */
export const expressions = list(expression, { first: 1, step: 0, flags: NESTED })

/**
 * One step of a rule: `{ name: 'cmp', data: { sreg: 1, operator: 'eq', data: { value } } }`. Registers are numbers: 0 is the
 * verdict, 1 to 4 are of 16 bytes, 8 to 23 of 4 bytes each in the same room.
 */
export type Expression = Infer<typeof expression>
export type ExpressionInput = InferInput<typeof expression>
