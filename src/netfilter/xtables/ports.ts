import { bits, fixedArray, padding, struct, u8, u16 } from '../../netlink/index.ts'

/** TCP's flags, one bit each. */
export const TCP_FLAGS = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32 } as const
const tcpFlags = bits(u8, TCP_FLAGS)

/** struct xt_tcp: tcp, revision 0. Ports are in host byte order, from and to. */
export const tcp = struct({
  sourcePorts: fixedArray(u16, 2),
  destinationPorts: fixedArray(u16, 2),
  option: u8,
  flagsMask: tcpFlags,
  flags: tcpFlags,
  inverted: bits(u8, { 'source-port': 1, 'destination-port': 2, flags: 4, option: 8 }),
  pad: padding(4),
})

/** struct xt_udp: udp, revision 0. */
export const udp = struct({
  sourcePorts: fixedArray(u16, 2),
  destinationPorts: fixedArray(u16, 2),
  inverted: bits(u8, { 'source-port': 1, 'destination-port': 2 }),
  pad: padding(7),
})

/** struct xt_multiport_v1: multiport, revision 1. `ranges` has a 1 where a port begins a range that the next one ends. */
export const multiport = struct({
  /** 0 source ports, 1 destination ports, 2 either. */
  which: u8,
  count: u8,
  ports: fixedArray(u16, 15),
  ranges: fixedArray(u8, 15),
  invert: u8,
})
