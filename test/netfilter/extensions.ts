import { netfilterProtocol, type rule } from '../../src/netfilter/index.ts'
import type { AnyCodec } from '../../src/netlink/index.ts'

/** An extension of iptables in a rule. */
export interface Extension {
  readonly kind: 'match' | 'target'
  readonly name: string
  readonly revision: number
  readonly info: Uint8Array
}

/** The extensions of iptables in a message; none where it is no rule. */
export function extensionsOf(
  type: number,
  payload: Uint8Array,
  decode: (codec: AnyCodec, payload: Uint8Array) => unknown,
): Extension[] {
  const message = netfilterProtocol.messages.get(type)
  if (!message?.name.endsWith('RULE')) return []
  const { expressions = [] } = decode(message.codec, payload) as rule.Rule
  return expressions.flatMap(({ name: kind, data }) => {
    if ((kind !== 'match' && kind !== 'target') || data === undefined || !('info' in data)) return []
    const { name = '', revision = 0, info = new Uint8Array() } = data
    return [{ kind, name, revision, info }]
  })
}
