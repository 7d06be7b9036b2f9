import type { Request, Socket } from '../../netlink/index.ts'
import type { Requester } from '../requester.ts'
import { sender } from '../requester.ts'

/** How a batch's commands reach the kernel. */
export interface Pending {
  readonly requester: (socket: () => Socket) => Requester
  /** Says which line is about to run. */
  at(line: number): void
  /** Does what commands have left to be done. */
  settle(): void
}

/** Strict: each change is refused or done before the next command is looked at. */
export const telling: Pending = {
  requester: (socket) => ({ ...sender(socket), finish: (request) => socket().tellSync(request) }),
  at() {},
  settle() {},
}

/** As many as a datagram comfortably holds. */
const MOST = 2048

/**
 * For batches that go on after failures: what commands finish by is gathered and sent together. It is sent before anything that
 * could tell the difference. `fail` is told of each that is refused, with its line.
 */
export function gathering(fail: (error: unknown, line: number) => void): Pending {
  let requests: Request<void>[] = []
  let lines: number[] = []
  let line = 0
  let open: (() => Socket) | undefined
  const settle = () => {
    if (open === undefined || requests.length === 0) return
    const [sent, from] = [requests, lines]
    requests = []
    lines = []
    for (const [i, error] of [...open().tellAllSync(sent)].sort(([a], [b]) => a - b)) fail(error, from[i]!)
  }
  const after = <A extends unknown[], R>(action: (...args: A) => R) => {
    return (...args: A): R => {
      settle()
      return action(...args)
    }
  }
  return {
    requester(socket) {
      open = socket
      const { ask, each, change } = sender(socket)
      return {
        ask: ((request) => {
          settle()
          return ask(request)
        }) as Requester['ask'],
        each: ((request) => {
          settle()
          return each(request)
        }) as Requester['each'],
        change: after(change),
        finish(request) {
          requests.push(request)
          lines.push(line)
          if (requests.length === MOST) settle()
        },
      }
    },
    at(number) {
      line = number
    },
    settle,
  }
}
