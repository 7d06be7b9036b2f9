import { packetsInBlocks, type RawPacket, SECTION_HEADER } from './capture-blocks.ts'
import { CaptureError } from './capture-error.ts'
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

const LINKTYPE_NETLINK = 253
const COOKED_SIZE = 16
// include/uapi/linux/if_packet.h
const PACKET_USER = 6
const PACKET_KERNEL = 7

/**
 * The packets of a pcap file as tcpdump writes it from an nlmon link, or of a pcapng file as Wireshark does: each begins with a 16-byte
 * cooked header in network byte order whose last field is the netlink family. Throws CaptureError; packets before it were yielded.
 */
export function* readCapture(file: Uint8Array): Generator<CapturedPacket> {
  if (file.length < 24) throw new CaptureError(`a capture begins with 24 bytes, got ${file.length}`)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const inBlocks = view.getUint32(0, true) === SECTION_HEADER
  for (const { time, linkType, start, end, original } of inBlocks ? packetsInBlocks(view) : packetsInRecords(view)) {
    if (linkType !== LINKTYPE_NETLINK) {
      throw new CaptureError(`link type ${linkType} is not ${LINKTYPE_NETLINK} (netlink)`)
    }
    if (end - start < COOKED_SIZE) throw new CaptureError(`a packet of ${end - start} bytes at offset ${start}`)
    const bytes = file.subarray(start + COOKED_SIZE, end)
    const direction = directionOf(view.getUint16(start), bytes)
    yield { time, protocol: view.getUint16(start + 14), direction, bytes, truncated: end - start < original }
  }
}

/** The packets of a pcap file. Throws CaptureError. */
function* packetsInRecords(file: DataView): Generator<RawPacket> {
  const { little, unit } = magic(file.getUint32(0, true))
  const linkType = file.getUint32(20, little) & 0xffff
  if (linkType !== LINKTYPE_NETLINK) {
    throw new CaptureError(`link type ${linkType} is not ${LINKTYPE_NETLINK} (netlink)`)
  }
  for (let at = 24; at < file.byteLength; ) {
    const start = at + 16
    if (file.byteLength < start) throw new CaptureError(`${file.byteLength - at} bytes left over at offset ${at}`)
    const captured = file.getUint32(at + 8, little)
    const end = start + captured
    if (end > file.byteLength) {
      throw new CaptureError(`a packet of ${captured} bytes at offset ${at} where ${file.byteLength - start} remain`)
    }
    const time = file.getUint32(at, little) + file.getUint32(at + 4, little) * unit
    yield { time, linkType, start, end, original: file.getUint32(at + 12, little) }
    at = end
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
    default:
      throw new CaptureError(`not a capture (it begins with 0x${number.toString(16)})`)
  }
}
