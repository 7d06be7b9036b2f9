import { attributes, bits, u16 } from '../../../netlink/index.ts'
import { ipip } from './ipip.ts'

/** IPv6 inside IPv4, RFC 4213, with ISATAP and 6rd (RFC 5969). */
export const sit = attributes({
  ...ipip.declaration,
  /** Host byte order, though the kernel calls it __be16 (include/uapi/linux/if_tunnel.h, SIT_ISATAP). */
  flags: [8, bits(u16, { isatap: 1 })],
})
