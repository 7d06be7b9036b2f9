import {
  type DumpRequest,
  type Echo,
  echoed,
  type Request,
  type Socket,
  UnexpectedAnswerError,
} from '../netlink/index.ts'
import { routeProtocol } from '../rtnl/index.ts'

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
  finish(request: Request<void>, told?: Told): void
}

/**
 * Shows what a change brought about, for -echo: a message as the kernel sends it, and whether it says that something is gone. It is
 * undefined where the kernel tells of nothing.
 */
export type Told = (value: never, deleted: boolean) => void

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

/** Shows what changes have brought about, where commands can. */
export function echoer(socket: () => Socket): Requester {
  const plain = sender(socket)
  return {
    ...plain,
    finish(request, told) {
      if (told === undefined) {
        plain.change(request)
        return
      }
      const echo = ask(socket(), echoed(request, routeProtocol))
      told(echo?.value as never, echo?.name?.startsWith('RTM_DEL') ?? false)
    },
  }
}

function ask(socket: Socket, request: Request<Echo>): Echo | undefined {
  try {
    return socket.requestSync(request)
  } catch (error) {
    // What is as it was already changes nothing.
    if (error instanceof UnexpectedAnswerError) return undefined
    throw error
  }
}
