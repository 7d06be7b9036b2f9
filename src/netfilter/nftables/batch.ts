import { attributes, type Infer, message, u32be } from '../../netlink/index.ts'
import { netfilterHeader } from '../family.ts'

export const NFNL_MSG_BATCH_BEGIN = 0x10
export const NFNL_MSG_BATCH_END = 0x11

/** struct nfgenmsg and NFNL_BATCH_*: `resource` is the subsystem that the batch is for, `generation` the one that it is based on. */
export const batchMessage = message(netfilterHeader, attributes({ generation: [1, u32be] }))
export const messages = new Map([
  [NFNL_MSG_BATCH_BEGIN, { name: 'NFNL_MSG_BATCH_BEGIN', codec: batchMessage }],
  [NFNL_MSG_BATCH_END, { name: 'NFNL_MSG_BATCH_END', codec: batchMessage }],
])
export type BatchBoundary = Infer<typeof batchMessage>
