import {
  answered,
  asObject,
  attributes,
  cstring,
  enumeration,
  type Infer,
  message,
  NLM_F_ACK,
  type Request,
  u32be,
} from '../../netlink/index.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'

const GET = messageNumber('compat', 0)

/** struct nfgenmsg and NFTA_COMPAT_* (include/uapi/linux/netfilter/nf_tables_compat.h). */
export const compatMessage = message(
  netfilterHeader,
  attributes({ name: [1, cstring], revision: [2, u32be], type: [3, enumeration(u32be, { match: 0, target: 1 })] }),
)
export const messages = new Map([[GET, { name: 'NFNL_MSG_COMPAT_GET', codec: compatMessage }]])
export type Compat = Infer<typeof compatMessage>

/**
 * Asks whether the kernel has an extension of iptables in this revision. Fails with ENOENT where it lacks the extension, with
 * EPROTONOSUPPORT where it lacks the revision.
 */
export function get(target: {
  readonly family: Family
  readonly name: string
  readonly revision: number
  readonly type: 'match' | 'target'
}): Request<Compat> {
  const { family, name, revision, type } = asObject(target)
  const operation = `find ${type} ${name} revision ${revision}`
  const value = { family, name, revision, type }
  return answered({ operation, type: GET, flags: NLM_F_ACK, codec: compatMessage, value }, compatMessage)
}
