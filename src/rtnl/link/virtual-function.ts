import {
  attributes,
  bytes,
  cstring,
  enumeration,
  type FixedCodec,
  fixedBytes,
  lladdr,
  multi,
  padding,
  struct,
  u8,
  u16,
  u16be,
  u32,
  u64,
} from '../../netlink/index.ts'
import { VLAN_PROTOCOLS } from './kinds/vlan.ts'

const MAX_ADDRESS = 32
const MAC = 6

/**
 * A link-layer address in a field of 32 bytes (MAX_ADDR_LEN). Its own length is not on the wire: at least six bytes are
 * shown, and more as far as they are not zero.
 */
const paddedAddress: FixedCodec<string> = {
  form: { is: 'lladdr' },
  size: MAX_ADDRESS,
  at(source, offset) {
    let length = MAX_ADDRESS
    while (length > MAC && source[offset + length - 1] === 0) length--
    return lladdr.read(source, offset, offset + length, -1, {})
  },
  read(source, offset, end) {
    fixedBytes(MAX_ADDRESS).read(source, offset, end, -1, {})
    return this.at(source, offset)
  },
  write(writer, value) {
    const start = writer.position
    lladdr.write(writer, value, {})
    writer.zero(MAX_ADDRESS - (writer.position - start))
  },
}

const setting = struct({ vf: u32, setting: u32 })
/** The C struct aligns the 64-bit member. */
const guid = struct({ vf: u32, pad: padding(4), guid: u64 })

const virtualFunction = attributes({
  mac: [1, struct({ vf: u32, mac: paddedAddress })],
  vlan: [2, struct({ vf: u32, vlan: u32, qos: u32 })],
  txRate: [3, struct({ vf: u32, rate: u32 })],
  spoofchk: [4, setting],
  linkState: [5, struct({ vf: u32, linkState: enumeration(u32, { auto: 0, enable: 1, disable: 2 }) })],
  rate: [6, struct({ vf: u32, minTxRate: u32, maxTxRate: u32 })],
  rssQueryEn: [7, setting],
  stats: [
    8,
    attributes({
      rxPackets: [0, u64],
      txPackets: [1, u64],
      rxBytes: [2, u64],
      txBytes: [3, u64],
      broadcast: [4, u64],
      multicast: [5, u64],
      pad: [6, multi(bytes)],
      rxDropped: [7, u64],
      txDropped: [8, u64],
    }),
  ],
  trust: [9, setting],
  ibNodeGuid: [10, guid],
  ibPortGuid: [11, guid],
  vlanList: [
    12,
    attributes({
      info: [
        1,
        multi(struct({ vf: u32, vlan: u32, qos: u32, vlanProto: enumeration(u16be, VLAN_PROTOCOLS), pad: padding(2) })),
      ],
    }),
  ],
  broadcast: [13, bytes],
})

/** The virtual functions of an SR-IOV device. Rates are in Mbit/s. The kernel sends them only where asked (extMask `vf`). */
export const virtualFunctions = attributes({ info: [1, multi(virtualFunction)] })

/** 802.1Qbg port profiles (IFLA_PORT_*). */
export const portProfile = attributes({
  vf: [1, u32],
  profile: [2, cstring],
  vsiType: [3, bytes],
  instanceUuid: [4, fixedBytes(16)],
  hostUuid: [5, fixedBytes(16)],
  request: [6, enumeration(u8, { preassociate: 0, 'preassociate-rr': 1, associate: 2, disassociate: 3 })],
  response: [7, u16],
})

export const portProfiles = attributes({ port: [1, multi(portProfile)] })
