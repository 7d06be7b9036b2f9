import { answered, attributes, cstring, type Infer, message, type Request, u32be } from '../../netlink/index.ts'
import { messageNumber, netfilterHeader } from '../family.ts'

const NEW = messageNumber('nftables', 15)
const GET = messageNumber('nftables', 16)

/** struct nfgenmsg and NFTA_GEN_*; the process is the one that asked, or in a notification the one that changed something. */
export const generationMessage = message(
  netfilterHeader,
  attributes({ id: [1, u32be], processId: [2, u32be], processName: [3, cstring] }),
)
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWGEN', codec: generationMessage }],
  [GET, { name: 'NFT_MSG_GETGEN', codec: generationMessage }],
])

/** The number of the rule set, which goes up with every batch that changes it. */
export type Generation = Infer<typeof generationMessage>

/** Asks for the present generation. */
export function get(): Request<Generation> {
  return answered({ operation: 'get generation', type: GET, codec: generationMessage, value: {} }, generationMessage)
}
