import { CaptureError } from './capture-error.ts'

/** One packet of a capture as its file holds it. */
export interface RawPacket {
  /** Seconds since 1970, with fractions. */
  readonly time: number
  /** LINKTYPE_*. */
  readonly linkType: number
  /** Where its bytes are in the file. */
  readonly start: number
  readonly end: number
  /** How many bytes there were. */
  readonly original: number
}

interface Interface {
  readonly linkType: number
  /** Ticks of its clock in a second. */
  readonly resolution: number
}

// draft-ietf-opsawg-pcapng, section 4
export const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE = 1
const SIMPLE_PACKET = 3
const PACKET = 6
const BYTE_ORDER = 0x1a2b3c4d

const OPTION_RESOLUTION = 9

/** The packets of a pcapng file, as Wireshark and its tools write it. Throws CaptureError. */
export function* packetsInBlocks(file: DataView): Generator<RawPacket> {
  let little = true
  let interfaces: Interface[] = []
  for (let at = 0; at < file.byteLength; ) {
    const left = file.byteLength - at
    if (left >= 12 && file.getUint32(at, true) === SECTION_HEADER) {
      little = file.getUint32(at + 8, true) === BYTE_ORDER
      if (!little && file.getUint32(at + 8) !== BYTE_ORDER) throw new CaptureError(`no byte order at offset ${at + 8}`)
      interfaces = []
    }
    const length = left < 12 ? left : file.getUint32(at + 4, little)
    if (length < 12 || length % 4 !== 0 || length > left) {
      throw new CaptureError(`a block of ${length} bytes at offset ${at} where ${left} remain`)
    }
    const type = file.getUint32(at, little)
    const end = at + length - 4
    if (type === INTERFACE && length >= 20) interfaces.push(interfaceAt(file, at, end, little))
    if (type === PACKET || type === SIMPLE_PACKET) yield packetAt(file, type, at, end, little, interfaces)
    at += length
  }
}

function interfaceAt(file: DataView, at: number, end: number, little: boolean): Interface {
  let resolution = 1e6
  for (let option = at + 16; option + 5 <= end; ) {
    const code = file.getUint16(option, little)
    if (code === OPTION_RESOLUTION) {
      const exponent = file.getUint8(option + 4)
      resolution = exponent < 128 ? 10 ** exponent : 2 ** (exponent - 128)
    }
    option += 4 + Math.ceil(file.getUint16(option + 2, little) / 4) * 4
  }
  return { linkType: file.getUint16(at + 8, little), resolution }
}

function packetAt(
  file: DataView,
  type: number,
  at: number,
  end: number,
  little: boolean,
  interfaces: readonly Interface[],
): RawPacket {
  const isSimple = type === SIMPLE_PACKET
  const start = at + (isSimple ? 12 : 28)
  const from = start <= end ? interfaces[isSimple ? 0 : file.getUint32(at + 8, little)] : undefined
  if (from === undefined) throw new CaptureError(`a packet of no interface at offset ${at}`)
  const { linkType, resolution } = from
  if (isSimple) {
    const original = file.getUint32(at + 8, little)
    return { time: 0, linkType, start, end: Math.min(start + original, end), original }
  }
  const ticks = file.getUint32(at + 12, little) * 2 ** 32 + file.getUint32(at + 16, little)
  const captured = file.getUint32(at + 20, little)
  if (captured > end - start) {
    throw new CaptureError(`a packet of ${captured} bytes at offset ${at} where ${end - start} remain`)
  }
  const original = file.getUint32(at + 24, little)
  return { time: ticks / resolution, linkType, start, end: start + captured, original }
}
