import type { DumpRequest, Request, Socket } from '../netlink/index.ts'
import { unsupportedVerb } from './ip/unsupported.ts'

/** The way to the kernel that commands use. */
export interface Requester {
  /** Asks a question, also in a dry run: what a command would send depends on what there is. */
  ask<Reply>(request: Request<Reply>): Reply
  /** Asks for a table, entry by entry. */
  each<Item>(request: DumpRequest<Item>): Iterable<Item>
  /** Changes something; a dry run shows the request in place of sending it. */
  change(request: Request<void>): void
  /**
   * `change`, as the last act of a command, which then has nothing more to say: in a batch it may be done along with those of later
   * commands.
   */
  finish(request: Request<void>): void
}

export function sender(socket: () => Socket): Requester {
  const change = (request: Request<void>) => socket().requestSync(request)
  return {
    ask: (request) => socket().requestSync(request),
    each: (request) => socket().streamSync(request),
    change,
    finish: change,
  }
}

/** Sends questions only and gives changes to `show`. */
export function rehearsal(socket: () => Socket, show: (request: Request<void>) => void): Requester {
  return { ...sender(socket), change: show, finish: show }
}

/** Sends questions only: changes would have to be made in a manner that is still to come. */
export function refuser(socket: () => Socket, option: string): Requester {
  const refuse = unsupportedVerb(option)
  return { ...sender(socket), change: refuse, finish: refuse }
}
