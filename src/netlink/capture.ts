import { u16 } from './codec/index.ts'
import { NLM_F_REQUEST } from './header.ts'

/** One packet of a capture of netlink (LINKTYPE_NETLINK, 253). */
export interface CapturedPacket {
  /** Seconds since 1970, with fractions. */
  readonly time: number
  /** Netlink family, NETLINK_ROUTE and so on. */
  readonly protocol: number
  /** From userspace to the kernel, or from the kernel. */
  readonly direction: 'sent' | 'received'
  readonly bytes: Uint8Array
  /** Fewer bytes were captured than there were. */
  readonly truncated: boolean
}

/** A file that is not a capture of netlink. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly code = 'ERR_NETLINK_CAPTURE'
}

const LINKTYPE_NETLINK = 253
const COOKED_SIZE = 16
// include/uapi/linux/if_packet.h
const PACKET_USER = 6
const PACKET_KERNEL = 7

/**
 * The packets of a pcap file as tcpdump writes it from an nlmon link: each begins with a 16-byte cooked header in network
 * byte order whose last field is the netlink family. Throws CaptureError.
 */
export function* readCapture(file: Uint8Array): Generator<CapturedPacket> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 24) throw new CaptureError(`a pcap file begins with 24 bytes, got ${file.length}`)
  const { little, unit } = magic(view.getUint32(0, true))
  const linkType = view.getUint32(20, little) & 0xffff
  if (linkType !== LINKTYPE_NETLINK)
    throw new CaptureError(`link type ${linkType} is not ${LINKTYPE_NETLINK} (netlink)`)
  for (let at = 24; at < file.length; ) {
    if (file.length - at < 16) throw new CaptureError(`${file.length - at} bytes left over at offset ${at}`)
    const captured = view.getUint32(at + 8, little)
    const original = view.getUint32(at + 12, little)
    const start = at + 16
    if (captured > file.length - start || captured < COOKED_SIZE) {
      throw new CaptureError(`a packet of ${captured} bytes at offset ${at} where ${file.length - start} remain`)
    }
    const bytes = file.subarray(start + COOKED_SIZE, start + captured)
    yield {
      time: view.getUint32(at, little) + view.getUint32(at + 4, little) * unit,
      protocol: view.getUint16(start + 14),
      direction: directionOf(view.getUint16(start), bytes),
      bytes,
      truncated: captured < original,
    }
    at = start + captured
  }
}

/** tcpdump's libpcap calls every netlink packet outgoing; but only requests say that they are such (NLM_F_REQUEST). */
function directionOf(kind: number, bytes: Uint8Array): CapturedPacket['direction'] {
  if (kind === PACKET_USER) return 'received'
  return kind === PACKET_KERNEL || (u16.at(bytes, 6) & NLM_F_REQUEST) !== 0 ? 'sent' : 'received'
}

function magic(number: number): { little: boolean; unit: number } {
  switch (number) {
    case 0xa1b2c3d4:
      return { little: true, unit: 1e-6 }
    case 0xd4c3b2a1:
      return { little: false, unit: 1e-6 }
    case 0xa1b23c4d:
      return { little: true, unit: 1e-9 }
    case 0x4d3cb2a1:
      return { little: false, unit: 1e-9 }
    case 0x0a0d0d0a:
      throw new CaptureError('this is a pcapng file; write a pcap file (tcpdump -w, or editcap -F pcap)')
    default:
      throw new CaptureError(`not a pcap file (it begins with 0x${number.toString(16)})`)
  }
}
