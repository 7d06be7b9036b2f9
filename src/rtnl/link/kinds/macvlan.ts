import { attributes, bits, enumeration, i32, lladdr, multi, u16, u32 } from '../../../netlink/index.ts'

/**
 * A link with an Ethernet address of its own on another link; macvtap is the same with a character device (IFLA_MACVLAN_*).
 * `macaddrMode` with `macaddr` or `macaddrData` changes the list of mode `source`.
 */
export const macvlan = attributes({
  mode: [1, enumeration(u32, { private: 1, vepa: 2, bridge: 4, passthru: 8, source: 16 })],
  flags: [2, bits(u16, { nopromisc: 1, nodst: 2 })],
  macaddrMode: [3, enumeration(u32, { add: 0, del: 1, flush: 2, set: 3 })],
  macaddr: [4, lladdr],
  macaddrData: [5, attributes({ macaddr: [4, multi(lladdr)] })],
  macaddrCount: [6, u32],
  bcQueueLen: [7, u32],
  bcQueueLenUsed: [8, u32],
  bcCutoff: [9, i32],
})
