export type { Watcher } from '../../libc/index.ts'
export { internetChecksum } from './checksum.ts'
export { type EchoesOptions, type EchoOptions, echo, echoes } from './echo.ts'
export type { EchoSocketOptions } from './echo-options.ts'
export { type EchoAnswer, EchoSocket } from './echo-socket.ts'
export { ERROR_TYPES, faultOf, type IcmpFault } from './errors.ts'
export type { EchoResult } from './exchange.ts'
export {
  decodeIcmp,
  type Echo,
  encodeEcho,
  type IcmpError,
  type IcmpMessage,
  type IpFamily,
  type IpHeader,
  type OtherIcmp,
  readIpv4Header,
} from './message.ts'
export { type IpAddress, parseAddress, readSocketAddress, socketAddress } from './socket-address.ts'
