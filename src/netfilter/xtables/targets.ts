import { bits, enumeration, padding, struct, u8, u16, u32 } from '../../netlink/index.ts'
import { characters } from './characters.ts'

/** What REJECT answers with. */
export const REJECT_ANSWERS = {
  'icmp-net-unreachable': 0,
  'icmp-host-unreachable': 1,
  'icmp-proto-unreachable': 2,
  'icmp-port-unreachable': 3,
  'icmp-echo-reply': 4,
  'icmp-net-prohibited': 5,
  'icmp-host-prohibited': 6,
  'tcp-reset': 7,
  'icmp-admin-prohibited': 8,
} as const

/** struct ipt_reject_info: REJECT, revision 0. */
export const reject = struct({ with: enumeration(u32, REJECT_ANSWERS), pad: padding(4) })

/** XT_LOG_*: what LOG says of a packet besides. */
export const XT_LOG_FLAGS = {
  'tcp-sequence': 1,
  'tcp-options': 2,
  'ip-options': 4,
  uid: 8,
  nflog: 16,
  macdecode: 32,
} as const

/** struct xt_log_info: LOG, revision 0. */
export const xtLog = struct({ level: u8, flags: bits(u8, XT_LOG_FLAGS), prefix: characters(30) })

/** struct xt_tcpmss_info: TCPMSS, revision 0. 65535 means as much as the path takes. */
export const tcpmss = struct({ mss: u16, pad: padding(6) })
export const CLAMP_TO_PATH = 0xffff

/** struct xt_mark_tginfo2: MARK, revision 2. The bits of `mask` are cleared, then those of `mark` flipped. */
export const setMark = struct({ mark: u32, mask: u32 })

/** struct xt_CHECKSUM_info: CHECKSUM, revision 0. */
export const checksum = struct({ operation: bits(u8, { fill: 1 }), pad: padding(7) })
