import { attributes, bits, enumeration, i32, u8, u32 } from '../../netlink/index.ts'

/** The XDP programs of a link (IFLA_XDP_*). `fd` -1 takes the program away. */
export const xdp = attributes({
  fd: [1, i32],
  attached: [2, enumeration(u8, { none: 0, driver: 1, skb: 2, hardware: 3, multi: 4 })],
  flags: [3, bits(u32, { 'update-if-noexist': 1, skb: 2, driver: 4, hardware: 8, replace: 16 })],
  progId: [4, u32],
  drvProgId: [5, u32],
  skbProgId: [6, u32],
  hwProgId: [7, u32],
  expectedFd: [8, i32],
})
