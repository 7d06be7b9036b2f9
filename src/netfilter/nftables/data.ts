import { attributes, bytes, cstring, enumeration, type Infer, NESTED, u32be } from '../../netlink/index.ts'

/** NF_* and NFT_* verdicts. `queue` carries the queue's number in its upper half, and is then a plain number here. */
export const VERDICTS = {
  drop: 0,
  accept: 1,
  stolen: 2,
  queue: 3,
  repeat: 4,
  return: 0xfffffffb,
  goto: 0xfffffffc,
  jump: 0xfffffffd,
  break: 0xfffffffe,
  continue: 0xffffffff,
} as const
export type VerdictName = keyof typeof VERDICTS

/** NFTA_VERDICT_*: what becomes of a packet; `chain` is where `jump` and `goto` lead. */
export const verdict = attributes({
  code: [1, enumeration(u32be, VERDICTS)],
  chain: [2, cstring],
  chainId: [3, u32be],
})
export type Verdict = Infer<typeof verdict>

/**
 * NFTA_DATA_*: what a register holds or is compared with. `value` is bytes as they stand in the packet; what the kernel keeps as a
 * number of its own (mark, interface index, connection state) is in host byte order.
 */
export const data = attributes({
  value: [1, bytes],
  verdict: [2, verdict, NESTED],
})
export type Data = Infer<typeof data>
