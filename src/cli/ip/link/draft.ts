import type { link } from '../../../rtnl/index.ts'
import type { Family } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** What has been read of `ip link add`, `set` or `delete`, or of the peer in one. */
export interface LinkDraft {
  readonly session: Session
  /** Whether a link is to be made, as opposed to found. */
  readonly creates: boolean
  readonly family: Family
  /** The attributes in the order in which they were written. */
  readonly request: { -readonly [K in keyof link.LinkInput]: link.LinkInput[K] }
  /** Flags that were named, and whether they are to be on. */
  readonly flags: Map<link.LinkFlag, boolean>
  name?: string
  /** The device, with or without `dev`. */
  device?: string
  /** Whether the device was given as such, not by `name`. */
  deviceGiven: boolean
  /** The device below. */
  below?: string
  index?: number
  movesNamespace: boolean
  addressLength?: number
  groupGiven: boolean
  /** The word after `type`. */
  type?: string
}

export function linkDraft(session: Session, creates: boolean): LinkDraft {
  return {
    session,
    creates,
    family: session.options.family,
    request: {},
    flags: new Map(),
    deviceGiven: false,
    movesNamespace: false,
    groupGiven: false,
  }
}
