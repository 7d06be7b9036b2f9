import { writeSync } from 'node:fs'
import process from 'node:process'
import type { Socket, SubscribeOptions, Subscription } from '../netlink/index.ts'
import type { Namespace } from '../netns/index.ts'
import { type GroupName, groups, openRoute } from '../rtnl/index.ts'
import { type Devices, openDevices } from './devices.ts'
import { type HostText, hostNames } from './names/hosts.ts'
import { type Names, openNames } from './names/index.ts'
import { openNamespace } from './namespace.ts'
import type { Options } from './options.ts'
import {
  isDark,
  jsonPrinter,
  type Output,
  openOutput,
  type Paint,
  type Printer,
  painter,
  plain,
  textPrinter,
} from './print/index.ts'
import { sentence } from './report.ts'
import { echoer, type Requester, rehearsal, sender } from './requester.ts'
import { showRequest, tracer } from './trace.ts'

/** What a running command has at hand. Nothing is opened before it is asked for. */
export interface Session extends Disposable {
  readonly options: Options
  readonly names: Names
  /** What an address is called in output: its name, with -resolve, where it has one. */
  readonly hostText: HostText
  readonly out: Output
  readonly printer: Printer
  readonly route: Requester
  readonly devices: Devices
  /** Listens to multicast groups of routing netlink, from this call on. Throws SystemError. */
  watch(names: readonly GroupName[], options?: SubscribeOptions): Subscription
  /** The namespace of `-n`; undefined for the process's own. */
  readonly namespace: Namespace | undefined
  /** Keeps what a request refers to until the end. */
  hold<T extends Disposable>(resource: T): T
  /** Writes a line to stderr, after what stdout has been given so far. */
  complain(line: string): void
}

/** How commands reach the kernel by a socket, which is opened when it is first called for. */
export type RequesterFor = (socket: () => Socket) => Requester

/** What the sessions of several commands share: the process's output, the socket and the namespace of `-n`. */
export interface Workplace extends Disposable {
  readonly out: Output
  readonly complain: Session['complain']
  readonly route: Requester
  /** A session for the next command, which remembers nothing of those before it. */
  session(): Session
}

/** Throws CommandFailure when the namespace of `-n` cannot be opened. */
export function openWorkplace(options: Options, requesterFor: RequesterFor = sender): Workplace {
  const out = openOutput(1)
  const complain = (line: string) => {
    out.flush()
    writeSync(2, `${line}\n`)
  }
  const namespace = options.netns === undefined ? undefined : openNamespace(options.netns)
  let socket: Socket | undefined
  const open = () => {
    socket ??= openRoute({
      netns: namespace,
      receiveBuffer: options.receiveBuffer,
      // iproute2's batches do without: where a table of routes is missing, say, they show none rather than fail.
      strict: options.batch === undefined,
      trace: options.trace ? tracer(complain) : undefined,
      warn: (_operation, text) => complain(`Warning: ${sentence(text)}`),
    })
    return socket
  }
  const show: Requester['change'] = (request) => out.write(`${showRequest(request)}\n`)
  const route = options.dryRun ? rehearsal(open, show) : options.echo ? echoer(open) : requesterFor(open)
  const watch: Session['watch'] = (names, watching) => {
    return open().subscribe(
      names.map((name) => groups[name]),
      watching,
    )
  }
  const hostText = options.resolve ? hostNames(namespace) : (address: string) => address
  const shared = { options, names: openNames(options.numeric), hostText, out, route, watch, namespace, complain }
  return {
    out,
    complain,
    route,
    session() {
      const held: Disposable[] = []
      return {
        ...shared,
        printer: openPrinter(options, out),
        devices: openDevices(route),
        hold(resource) {
          held.push(resource)
          return resource
        },
        [Symbol.dispose]() {
          for (const resource of held.splice(0)) resource[Symbol.dispose]()
        },
      }
    },
    [Symbol.dispose]() {
      socket?.close()
      namespace?.[Symbol.dispose]()
      out.flush()
    },
  }
}

/** The session of the one command of a command line. Throws CommandFailure when the namespace of `-n` cannot be opened. */
export function openSession(options: Options): Session {
  const workplace = openWorkplace(options)
  const session = workplace.session()
  return {
    ...session,
    [Symbol.dispose]() {
      session[Symbol.dispose]()
      workplace[Symbol.dispose]()
    },
  }
}

function openPrinter(options: Options, out: Output): Printer {
  if (options.json) return jsonPrinter(out, options.pretty)
  return textPrinter(out, choosePaint(options), options.oneline ? '\\' : '\n')
}

/** https://no-color.org: NO_COLOR, where it is set to anything, wins over all but an explicit `-color=always`. */
function choosePaint({ colour }: Options): Paint {
  const wanted = colour === 'always' || (colour === 'auto' && process.stdout.isTTY && !process.env.NO_COLOR)
  return wanted ? painter(isDark(process.env.COLORFGBG)) : plain
}
