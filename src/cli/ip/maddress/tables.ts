import { readFileSync } from 'node:fs'
import { formatIpv4, formatIpv6 } from '../../../netlink/index.ts'
import { lladdrText } from '../../grammar/index.ts'

/** A multicast address that a link receives. */
export interface MulticastAddress {
  readonly family: 'packet' | 'inet' | 'inet6'
  readonly index: number
  readonly device: string
  readonly address: string
  readonly users: number
  /** Added by hand. */
  readonly fixed: boolean
}

/** What a file of /proc/net says, of the namespace that the thread is in; nothing where the kernel has no such file. */
function lines(file: string): string[] {
  try {
    return readFileSync(`/proc/net/${file}`, 'latin1').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

const hexBytes = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Of the link layer: index, name, users, whether by hand, address. */
export function linkAddresses(): MulticastAddress[] {
  return lines('dev_mcast').map((line) => {
    const [index, device = '', users, fixed, address = ''] = line.trim().split(/\s+/)
    return {
      family: 'packet',
      index: Number(index),
      device,
      address: lladdrText(hexBytes(address)),
      users: Number(users),
      fixed: fixed !== '0',
    }
  })
}

/** Of IPv4: a line for each link, and below it one for each address, its bytes in host order. */
export function inetAddresses(): MulticastAddress[] {
  let index = 0
  let device = ''
  return lines('igmp')
    .slice(1)
    .flatMap((line): MulticastAddress[] => {
      const [first = '', second = ''] = line.trim().split(/\s+/)
      if (!line.startsWith('\t')) {
        index = Number(first)
        device = second.replace(/:$/, '')
        return []
      }
      const bytes = new Uint8Array(Uint32Array.of(Number.parseInt(first, 16)).buffer)
      return [{ family: 'inet', index, device, address: formatIpv4(bytes, 0), users: Number(second), fixed: false }]
    })
}

/** Of IPv6: index, name, address, users. */
export function inet6Addresses(): MulticastAddress[] {
  return lines('igmp6').map((line) => {
    const [index, device = '', address = '', users] = line.trim().split(/\s+/)
    return {
      family: 'inet6',
      index: Number(index),
      device,
      address: formatIpv6(hexBytes(address), 0),
      users: Number(users),
      fixed: false,
    }
  })
}
