import { attributes, bytes, cstring, u32be } from '../../../netlink/index.ts'

/**
 * An extension of iptables in a rule of nf_tables, as iptables-nft writes them (include/uapi/linux/netfilter/nf_tables_compat.h):
 * `info` is the extension's C struct, in host byte order, filled up to a multiple of eight bytes.
 */
const extension = {
  name: [1, cstring],
  revision: [2, u32be],
  info: [3, bytes],
} as const

export const match = attributes(extension)
export const target = attributes(extension)
