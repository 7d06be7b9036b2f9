import { attributes, bits, cstring, enumeration, u8, u16be, u32be } from '../../../netlink/index.ts'

/** Turns numbers of the host into the network's order, or back. */
export const byteorder = attributes({
  sreg: [1, u32be],
  dreg: [2, u32be],
  operator: [3, enumeration(u32be, { ntoh: 0, hton: 1 })],
  length: [4, u32be],
  size: [5, u32be],
})

/** Loads a part of an extension header, or of a TCP option, into `dreg`. */
export const exthdr = attributes({
  dreg: [1, u32be],
  type: [2, u8],
  offset: [3, u32be],
  length: [4, u32be],
  flags: [5, bits(u32be, { present: 1 })],
  operator: [6, enumeration(u32be, { ipv6: 0, tcpopt: 1, ipv4: 2, sctp: 3, dccp: 4 })],
  sreg: [7, u32be],
})

/** Counts up, or draws lots. */
export const numgen = attributes({
  dreg: [1, u32be],
  modulus: [2, u32be],
  type: [3, enumeration(u32be, { incremental: 0, random: 1 })],
  offset: [4, u32be],
})

/** Uses a named object of the table. */
export const objref = attributes({
  type: [1, u32be],
  name: [2, cstring],
  setSreg: [3, u32be],
  setName: [4, cstring],
  setId: [5, u32be],
})

/** Hands the packet to a program. */
export const queue = attributes({
  number: [1, u16be],
  total: [2, u16be],
  flags: [3, bits(u16be, { bypass: 1, fanout: 2 })],
  sreg: [4, u32be],
})

export const tproxy = attributes({
  family: [1, u32be],
  address: [2, u32be],
  port: [3, u32be],
})

export const socket = attributes({
  key: [1, enumeration(u32be, { transparent: 0, mark: 1, wildcard: 2, cgroupv2: 3 })],
  dreg: [2, u32be],
  level: [3, u32be],
})

/** Moves the connection into a flow table. */
export const flowOffload = attributes({ name: [1, cstring] })
