import {
  asObject,
  attributes,
  bits,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  EncodeError,
  type Infer,
  type InferInput,
  list as listOf,
  message,
  multi,
  NESTED,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, netfilterHeader } from '../family.ts'
import { data } from './data.ts'
import { expression, expressions } from './expression/index.ts'
import { requestsFor } from './requests.ts'

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

/** Elements of one set. The kernel says many in several messages. */
export type Elements = Infer<typeof elementMessage>
export type ElementsInput = InferInput<typeof elementMessage>
/** What is wanted: as it is said, or as it was read. */
export type ElementsSettings = ElementsInput | Elements

const elements = requestsFor<Elements, ElementsInput>({
  noun: 'elements of set',
  constant: 'SETELEM',
  numbers: { new: 12, get: 13, delete: 14, destroy: 30, getReset: 33 },
  codec: elementMessage,
  named: ['table', 'set'],
})
export const { messages } = elements

/** Puts elements into a set; those that are there stay. */
export function add(settings: ElementsSettings): Change<Elements | undefined> {
  return elements.add(settings)
}

/** Puts elements into a set. Fails with EEXIST where one of them is there. */
export function create(settings: ElementsSettings): Change<Elements> {
  return elements.create(settings)
}

/** Takes elements out of a set. Fails with ENOENT where one of them is not there. Throws EncodeError without any (see `flush`). */
function remove(target: ElementsSettings): Change<Elements> {
  return elements.delete(listed(target))
}

export { remove as delete }

/** Takes elements out of a set, those that are there. Linux 6.3. */
export function destroy(target: ElementsSettings): Request<void> {
  return elements.destroy(listed(target))
}

/** Takes all elements out of a set. */
export function flush(target: Pick<ElementsInput, 'family' | 'table' | 'set' | 'setId'>): Change<Elements> {
  const { family, table, set, setId, ...rest } = asObject(target)
  checkRest(rest)
  return elements.delete({ family, table, set, setId })
}

/** Without elements the kernel would take out all. */
function listed(target: ElementsSettings): ElementsSettings {
  if (asObject(target).elements === undefined) throw new EncodeError('which elements is not said').within('elements')
  return target
}

/** Asks for the elements of a set, message by message. */
export function list(target: {
  readonly family?: Family | undefined
  readonly table: string
  readonly set: string
}): DumpRequest<Elements> {
  const { family, table, set, ...rest } = asObject(target)
  checkRest(rest)
  const value = { family, table, set }
  return elements.dump(`list ${elements.describe(value)}`, value)
}
