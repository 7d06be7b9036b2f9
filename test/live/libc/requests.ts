import { endianness } from 'node:os'

if (endianness() !== 'LE') throw new Error('written for little-endian machines')

function message(type: number, flags: number, sequence: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bytes.length, true)
  view.setUint16(4, type, true)
  view.setUint16(6, flags, true)
  view.setUint32(8, sequence, true)
  bytes.set(payload, 16)
  return bytes
}

function ifinfomsg(index: number, flags = 0, change = 0): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setInt32(4, index, true)
  view.setUint32(8, flags, true)
  view.setUint32(12, change, true)
  return bytes
}

/** RTM_GETLINK of one link: answered by one RTM_NEWLINK, or by an NLMSG_ERROR with ENODEV. */
export const getLink = (index: number, sequence = 1) => message(18, 0x1, sequence, ifinfomsg(index))

/** RTM_GETLINK of all links, as a dump. */
export const dumpLinks = (sequence = 1) => message(18, 0x301, sequence, ifinfomsg(0))

/** RTM_NEWLINK that sets a link up, acknowledged. */
export const setUp = (index: number, sequence = 1) => message(16, 0x5, sequence, ifinfomsg(index, 1, 1))

/** `struct nlmsghdr` of the first message in the bytes. */
export function header(bytes: Uint8Array): { length: number; type: number; sequence: number; port: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    length: view.getUint32(0, true),
    type: view.getUint16(4, true),
    sequence: view.getUint32(8, true),
    port: view.getUint32(12, true),
  }
}

/** The errno, negative, of an NLMSG_ERROR. */
export const acknowledgement = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getInt32(16, true)
