import type { link } from '../../rtnl/index.ts'

type LinkType = link.Link['type']

/** A kind of hardware as net-tools names it. */
export interface Hardware {
  readonly name: string
  readonly title: string
  /** What ip(8) and the kernel's number call it. */
  readonly type: LinkType
  /** Bytes of an address; 0 for hardware without ARP. */
  readonly addressLength: number
}

const hardware = (name: string, title: string, type: LinkType, addressLength = 0): Hardware => ({
  name,
  title,
  type,
  addressLength,
})

/** In the order in which net-tools lists them. */
export const HARDWARE: readonly Hardware[] = [
  hardware('loop', 'Local Loopback', 'loopback'),
  hardware('slip', 'Serial Line IP', 'slip'),
  hardware('cslip', 'VJ Serial Line IP', 'cslip'),
  hardware('slip6', '6-bit Serial Line IP', 'slip6'),
  hardware('cslip6', 'VJ 6-bit Serial Line IP', 'cslip6'),
  hardware('adaptive', 'Adaptive Serial Line IP', 'adapt'),
  hardware('ash', 'Ash', 'ash', 64),
  hardware('ether', 'Ethernet', 'ether', 6),
  hardware('ax25', 'AMPR AX.25', 'ax25', 7),
  hardware('netrom', 'AMPR NET/ROM', 'netrom', 7),
  hardware('rose', 'AMPR ROSE', 'rose', 5),
  hardware('tunnel', 'IPIP Tunnel', 'ipip'),
  hardware('ppp', 'Point-to-Point Protocol', 'ppp'),
  hardware('hdlc', '(Cisco)-HDLC', 'hdlc'),
  hardware('lapb', 'LAPB', 'lapb'),
  hardware('arcnet', 'ARCnet', 'arcnet', 1),
  hardware('dlci', 'Frame Relay DLCI', 'dlci', 3),
  hardware('frad', 'Frame Relay Access Device', 'frad'),
  hardware('sit', 'IPv6-in-IPv4', 'sit'),
  hardware('fddi', 'Fiber Distributed Data Interface', 'fddi', 6),
  hardware('hippi', 'HIPPI', 'hippi', 6),
  hardware('irda', 'IrLAP', 'irda', 4),
  hardware('ec', 'Econet', 'econet'),
  hardware('x25', 'generic X.25', 'x25', 20),
  hardware('eui64', 'Generic EUI-64', 'eui64', 8),
]

/** What is said of hardware that net-tools does not know. */
export const UNSPECIFIED: Hardware = { name: 'unspec', title: 'UNSPEC', type: 'void', addressLength: 0 }

export function hardwareNamed(name: string): Hardware | undefined {
  return [...HARDWARE, UNSPECIFIED].find((known) => known.name === name)
}

export function hardwareOf(type: LinkType): Hardware {
  return HARDWARE.find((known) => known.type === type) ?? UNSPECIFIED
}

/** The words and titles three a line, as the usage texts have them. */
export function columns(entries: readonly { readonly name: string; readonly title: string }[]): string {
  return entries
    .map(({ name, title }, i) => `${i % 3 === 0 ? `${i === 0 ? '' : '\n'}    ` : ''}${name} (${title}) `)
    .join('')
}

/**
 * The bytes of an Ethernet address as text. As net-tools reads it: six hexadecimal bytes, with a colon after those of one digit, and
 * what follows does not matter. Undefined for what is none, or is too short.
 */
export function readEthernet(text: string): string | undefined {
  const [found] = /^(?:[\da-f]{2}:?|[\da-f]::?){5}(?:[\da-f]{2}|[\da-f](?=:|$))/i.exec(text) ?? []
  return found
    ?.match(/[\da-f]{1,2}/gi)
    ?.map((byte) => byte.toLowerCase().padStart(2, '0'))
    .join(':')
}
