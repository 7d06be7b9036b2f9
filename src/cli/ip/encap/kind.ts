import type { Infer, InferInput } from '../../../netlink/index.ts'
import type { route } from '../../../rtnl/index.ts'
import type { Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

export type EncapName = keyof typeof route.encapKinds
/** What is read of an encapsulation. */
export type EncapData<Name extends EncapName> = Infer<(typeof route.encapKinds)[Name]>
/** What is asked for. */
export type EncapInput<Name extends EncapName> = {
  -readonly [K in keyof InferInput<(typeof route.encapKinds)[Name]>]: InferInput<(typeof route.encapKinds)[Name]>[K]
}

/** A way to wrap packets: the words that ask for it, and its text. */
export interface Encap<Name extends EncapName> {
  /** Starts at its first word and ends at its last. Throws CommandFailure. Absent where it can only be shown. */
  read?(words: Words, session: Session): EncapInput<Name>
  print(data: EncapData<Name>, session: Session): void
}
