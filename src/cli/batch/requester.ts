import type { Bundle, Socket, Telling } from '../../netlink/index.ts'
import type { Requester } from '../requester.ts'
import { sender } from '../requester.ts'

/** How a batch's commands reach the kernel. */
export interface Pending {
  readonly requester: (socket: () => Socket) => Requester
  /** Says which line is about to run. */
  at(line: number): void
  /** Whether so much is left to be done that `turn` is due. */
  readonly full: boolean
  /** Begins to do it, beside the commands to come. */
  turn(): Promise<void>
  /** Does what commands have left to be done. */
  settle(): void
}

/** Strict: each change is refused or done before the next command is looked at. */
export const telling: Pending = {
  requester: (socket) => ({ ...sender(socket), finish: (request) => socket().tellSync(request) }),
  at() {},
  full: false,
  async turn() {},
  settle() {},
}

/** How many are sent the first time: soon, so that the kernel has something to do while this program gets up to speed. */
const FIRST = 64

/** Changes on their way, and the lines they are of. */
interface Underway {
  readonly telling: Telling
  readonly lines: readonly number[]
}

/**
 * For batches that go on after failures: what commands finish by is gathered and sent together, by another thread while the next
 * commands are read. It is done before anything that could tell the difference. `fail` is told of each that is refused, with its line.
 */
export function gathering(fail: (error: unknown, line: number) => void): Pending {
  let bundle: Bundle | undefined
  let lines: number[] = []
  let line = 0
  let most = FIRST
  let underway: Underway | undefined
  let open: (() => Socket) | undefined
  const tell = (failures: ReadonlyMap<number, Error>, of: readonly number[]) => {
    for (const [i, error] of [...failures].sort(([a], [b]) => a - b)) fail(error, of[i]!)
  }
  const arrive = () => {
    const arriving = underway
    underway = undefined
    if (arriving !== undefined) tell(arriving.telling.settle(), arriving.lines)
  }
  const take = () => {
    const taken = lines
    lines = []
    return taken
  }
  const settle = () => {
    arrive()
    if (bundle !== undefined && bundle.size > 0) tell(bundle.tellSync(), take())
  }
  const turn = async () => {
    // The thread's end, and that it could not send, is noticed in the event loop only.
    await underway?.telling.sent
    arrive()
    most *= 2
    underway = { telling: bundle!.tellBehind(), lines: take() }
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
          bundle ??= open!().bundle()
          bundle.add(request)
          lines.push(line)
        },
      }
    },
    at(number) {
      line = number
    },
    get full() {
      return bundle !== undefined && (bundle.size >= most || bundle.full)
    },
    turn,
    settle,
  }
}
