import {
  acknowledged,
  attributes,
  bits,
  bytes,
  cstring,
  type DumpRequest,
  dumped,
  type Infer,
  type InferInput,
  list as listOf,
  message,
  multi,
  NESTED,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, messageNumber, netfilterHeader } from '../family.ts'
import { data } from './data.ts'
import { expression, expressions } from './expression/index.ts'

const NEW = messageNumber('nftables', 12)
const GET = messageNumber('nftables', 13)
const DELETE = messageNumber('nftables', 14)
const DESTROY = messageNumber('nftables', 30)
const GET_RESET = messageNumber('nftables', 33)

/** NFT_SET_ELEM_*: an interval is an element where it begins and one with `interval-end` after its last. */
export const ELEMENT_FLAGS = { 'interval-end': 1, catchall: 2 } as const

export const element = attributes({
  key: [1, data, NESTED],
  /** What a map maps the key to. */
  data: [2, data, NESTED],
  flags: [3, bits(u32be, ELEMENT_FLAGS)],
  /** Milliseconds. */
  timeout: [4, u64be],
  /** Milliseconds that are left. */
  expiration: [5, u64be],
  userdata: [6, bytes],
  expression: [7, expression, NESTED],
  pad: [8, multi(bytes)],
  /** The object that a map of objects maps to. */
  object: [9, cstring],
  /** The end of an interval of concatenated keys. */
  keyEnd: [10, data, NESTED],
  expressions: [11, expressions, NESTED],
})
export type Element = Infer<typeof element>

export const elementAttributes = attributes({
  table: [1, cstring],
  set: [2, cstring],
  // Counted, as nft sends them; the kernel says each as 1 and does not look.
  elements: [3, listOf(element, { flags: NESTED }), NESTED],
  /** `set` by the id that it has in the same batch. */
  setId: [4, u32be],
})

/** struct nfgenmsg and NFTA_SET_ELEM_LIST_* (include/uapi/linux/netfilter/nf_tables.h). */
export const elementMessage = message(netfilterHeader, elementAttributes)
export const messages = new Map([
  [NEW, { name: 'NFT_MSG_NEWSETELEM', codec: elementMessage }],
  [GET, { name: 'NFT_MSG_GETSETELEM', codec: elementMessage }],
  [DELETE, { name: 'NFT_MSG_DELSETELEM', codec: elementMessage }],
  [DESTROY, { name: 'NFT_MSG_DESTROYSETELEM', codec: elementMessage }],
  [GET_RESET, { name: 'NFT_MSG_GETSETELEM_RESET', codec: elementMessage }],
])

/** Elements of one set. The kernel says many in several messages. */
export type Elements = Infer<typeof elementMessage>
export type ElementsInput = InferInput<typeof elementMessage>
/** What is wanted: as it is said, or as it was read. */
export type ElementsSettings = ElementsInput | Elements

/** Puts elements into a set; those that are there stay. */
export function add(settings: ElementsSettings): Change<Elements | undefined> {
  return change('add', NEW, NLM_F_CREATE, settings)
}

/** Puts elements into a set. Fails with EEXIST where one of them is there. */
export function create(settings: ElementsSettings): Change<Elements> {
  return change('create', NEW, NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Takes elements out of a set. Fails with ENOENT where one of them is not there. Without `elements`: all. */
function remove(target: ElementsSettings): Change<Elements> {
  return change('delete', DELETE, 0, target)
}

export { remove as delete }

/** Takes elements out of a set, those that are there. Linux 6.3. */
export function destroy(target: ElementsSettings): Request<void> {
  return change('destroy', DESTROY, 0, target)
}

/** Asks for the elements of a set, message by message. */
export function list(filter: {
  readonly family?: Family | undefined
  readonly table: string
  readonly set: string
}): DumpRequest<Elements> {
  const { family, table, set } = filter
  const value = { family, table, set }
  return dumped(
    { operation: `list elements of ${describe(value)}`, type: GET, codec: elementMessage, value },
    elementMessage,
  )
}

function change(verb: string, type: number, flags: number, settings: ElementsSettings): Change<Elements> {
  const given = settings as ElementsInput
  const { family, table, set, ...rest } = given
  const value = { family, table, set, ...rest }
  return acknowledged({
    operation: `${verb} elements of ${describe(given)}`,
    type,
    flags,
    codec: elementMessage,
    value,
  })
}

function describe({ family, table, set }: ElementsInput): string {
  return `set ${family ?? ''} ${table ?? ''} ${set ?? ''}`.replace(/ +/g, ' ').trimEnd()
}
