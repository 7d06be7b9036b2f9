import { attributes, bool8, bytes, enumeration, multi, u8, u16be, u32, u64, u64be } from '../../../netlink/index.ts'

/** IEEE 802.1AE on another link (IFLA_MACSEC_*). Keys are set by generic netlink, not here. */
export const macsec = attributes({
  sci: [1, u64be],
  port: [2, u16be],
  icvLen: [3, u8],
  /** MACSEC_CIPHER_ID_* (include/uapi/linux/if_macsec.h). */
  cipherSuite: [4, u64],
  window: [5, u32],
  encodingSa: [6, u8],
  encrypt: [7, bool8],
  protect: [8, bool8],
  incSci: [9, bool8],
  es: [10, bool8],
  scb: [11, bool8],
  replayProtect: [12, bool8],
  validation: [13, enumeration(u8, { disabled: 0, check: 1, strict: 2 })],
  pad: [14, multi(bytes)],
  offload: [15, enumeration(u8, { off: 0, phy: 1, mac: 2 })],
})
