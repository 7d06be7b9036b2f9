import { AF_INET, AF_INET6 } from '../../libc/index.ts'
import {
  EncodeError,
  formatIpv4,
  formatIpv6,
  parseIpv4,
  parseIpv6,
  struct,
  u16,
  u16be,
  u32,
  u32be,
  Writer,
} from '../../netlink/index.ts'
import type { IpFamily } from './message.ts'

// struct sockaddr_in and sockaddr_in6 (uapi/linux/in.h, in6.h) up to the address: the family is the machine's own byte order.
const inet = struct({ family: u16, port: u16be })
const inet6 = struct({ family: u16, port: u16be, flowInfo: u32be })

export interface IpAddress {
  readonly family: IpFamily
  /** Without a zone. */
  readonly address: string
  /** Of `fe80::1%veth0`: the link, by name or index. */
  readonly zone?: string
}

/**
 * Reads an IPv4 or IPv6 address, which may name a link after `%`.
 * @throws EncodeError when it is neither
 */
export function parseAddress(text: string): IpAddress {
  const percent = text.indexOf('%')
  const address = percent < 0 ? text : text.slice(0, percent)
  if (percent < 0 && parseIpv4(address) !== undefined) return { family: 'inet', address }
  if (parseIpv6(address) === undefined || percent === text.length - 1) {
    throw new EncodeError(`not an IP address: ${JSON.stringify(text)}`)
  }
  return percent < 0 ? { family: 'inet6', address } : { family: 'inet6', address, zone: text.slice(percent + 1) }
}

/** As bind(2), connect(2) and sendto(2) take it. `scope` is the index of the link of a link-local address. */
export function socketAddress({ family, address }: IpAddress, scope = 0): Uint8Array {
  const writer = new Writer(28)
  if (family === 'inet') {
    inet.write(writer, { family: AF_INET }, {})
    writer.put(parseIpv4(address)!)
    writer.zero(8)
  } else {
    inet6.write(writer, { family: AF_INET6 }, {})
    writer.put(parseIpv6(address)!)
    u32.write(writer, scope, {})
  }
  return writer.finish()
}

/** The address in what recvmsg(2) said of a sender. */
export function readSocketAddress(family: IpFamily, bytes: Uint8Array): string {
  return family === 'inet' ? formatIpv4(bytes, inet.size) : formatIpv6(bytes, inet6.size)
}
