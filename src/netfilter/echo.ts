import { type AnyCodec, type Codec, NLM_F_ECHO, type Request } from '../netlink/index.ts'

declare const changed: unique symbol

/** A change to the rule set, to be sent in a transaction. `Out` is how the kernel says what came of it, if asked (`echo`). */
export interface Change<Out> extends Request<void> {
  /** Only for the compiler. */
  readonly [changed]?: Out
}

/** NFT_MSG_DESTROYTABLE, the first of those that are answered by another type: NFT_MSG_DELTABLE and so on. */
const FIRST_DESTROY = 26

/** The same change, answered with what the kernel made of it: the rule with its handle. */
export function echo<Out>(change: Change<Out>): Request<Out> {
  const codec = change.codec as AnyCodec as Codec<unknown, never>
  // A rule that is replaced is said to be deleted before the new one is told of.
  const answers = (type: number) => type === change.type || (change.type & 0xff) >= FIRST_DESTROY
  const pick = (decoded: never, type: number) => (answers(type) ? decoded : undefined)
  return { ...change, flags: change.flags | NLM_F_ECHO, answer: { is: 'reply', item: { codec, pick } } } as Request<Out>
}
