import { attributes, cstring, opaque, u32be } from '../../../netlink/index.ts'
import { extensionCodec } from '../../xtables/index.ts'

/**
 * An extension of iptables in a rule of nf_tables, as iptables-nft writes them (include/uapi/linux/netfilter/nf_tables_compat.h):
 * `info` is the extension's C struct, in host byte order, filled up to a multiple of eight bytes; `xtables` has those that are
 * known here.
 */
function extension(kind: 'match' | 'target') {
  return attributes({
    name: [1, cstring],
    revision: [2, u32be],
    info: [3, opaque(({ name, revision }) => extensionCodec(kind, String(name), Number(revision)))],
  })
}

export const match = extension('match')
export const target = extension('target')
