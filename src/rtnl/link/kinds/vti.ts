import { attributes, ipv4, u32, u32be } from '../../../netlink/index.ts'

/** A tunnel for IPsec over IPv4, ip-xfrm(8) (IFLA_VTI_*). */
export const vti = attributes({
  link: [1, u32],
  ikey: [2, u32be],
  okey: [3, u32be],
  local: [4, ipv4],
  remote: [5, ipv4],
  fwmark: [6, u32],
})
