import {
  bytes as byteCodec,
  type FixedCodec,
  fixedBytes,
  formatIpv4,
  formatIpv6,
  mac,
  parseIp,
  u16be,
} from '../../../netlink/index.ts'

const SIZE = 18
const ADDRESS_SIZE = 16
/** ETH_P_IP and ETH_P_IPV6; a group that is none is a station's, with 0. */
const IPV4 = 0x0800
const IPV6 = 0x86dd

const raw = fixedBytes(SIZE)

/**
 * The `addr` of struct br_mdb_entry: sixteen bytes of address and the Ethernet type that says of what. Text (`239.1.1.1`, `ff02::1`,
 * `01:00:5e:00:00:01`); the bytes as they are where they are none of these.
 */
export const group: FixedCodec<string | Uint8Array> = {
  form: byteCodec.form,
  size: SIZE,
  at(bytes, offset) {
    const type = u16be.at(bytes, offset + ADDRESS_SIZE)
    const length = type === IPV4 ? 4 : type === 0 ? 6 : type === IPV6 ? 16 : 0
    for (let i = length; i < ADDRESS_SIZE; i++) if (bytes[offset + i] !== 0) return raw.at(bytes, offset)
    if (type === IPV4) return formatIpv4(bytes, offset)
    if (type === IPV6) return formatIpv6(bytes, offset)
    return type === 0 ? mac.at(bytes, offset) : raw.at(bytes, offset)
  },
  read: (bytes, offset) => group.at(bytes, offset),
  write(writer, value, parent) {
    if (typeof value !== 'string') return raw.write(writer, value, parent)
    const start = writer.position
    const address = parseIp(value)
    if (address === undefined) mac.write(writer, value, parent)
    else writer.put(address)
    writer.zero(ADDRESS_SIZE - (writer.position - start))
    u16be.write(writer, address === undefined ? 0 : address.length === 4 ? IPV4 : IPV6, parent)
  },
}
