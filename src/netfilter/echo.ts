import { type AnyCodec, type Codec, NLM_F_ECHO, type Request } from '../netlink/index.ts'

declare const changed: unique symbol

/** A change to the rule set, to be sent in a transaction. `Out` is how the kernel says what came of it, if asked (`echo`). */
export interface Change<Out> extends Request<void> {
  /** Only for the compiler. */
  readonly [changed]?: Out
}

/** The same change, answered with what the kernel made of it: the rule with its handle. `undefined` where there was nothing to do. */
export function echo<Out>({ operation, type, flags, codec, value }: Change<Out>): Request<Out> {
  // A rule that is replaced is said to be deleted before the new one is told of, and the new generation comes after all.
  const item = {
    codec: codec as AnyCodec as Codec<unknown, never>,
    accepts: (answer: number) => answer === type,
    pick: (decoded: never) => decoded,
  }
  return { operation, type, flags: flags | NLM_F_ECHO, codec, value, answer: { is: 'reply', item } }
}
