import { writeSync } from 'node:fs'
import process from 'node:process'
import type { Socket } from '../netlink/index.ts'
import type { Namespace } from '../netns/index.ts'
import { openRoute } from '../rtnl/index.ts'
import { type Devices, openDevices } from './devices.ts'
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
import { type Requester, refuser, rehearsal, sender } from './requester.ts'
import { showRequest, tracer } from './trace.ts'

/** What a running command has at hand. Nothing is opened before it is asked for. */
export interface Session extends Disposable {
  readonly options: Options
  readonly names: Names
  readonly out: Output
  readonly printer: Printer
  readonly route: Requester
  readonly devices: Devices
  /** The namespace of `-n`; undefined for the process's own. */
  readonly namespace: Namespace | undefined
  /** Keeps what a request refers to until the end. */
  hold<T extends Disposable>(resource: T): T
  /** Writes a line to stderr, after what stdout has been given so far. */
  complain(line: string): void
}

/** Throws CommandFailure when the namespace of `-n` cannot be opened. */
export function openSession(options: Options): Session {
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
      trace: options.trace ? tracer(complain) : undefined,
      warn: (_operation, text) => complain(`Warning: ${sentence(text)}`),
    })
    return socket
  }
  const route = options.echo
    ? refuser(open, '-echo')
    : options.dryRun
      ? rehearsal(open, (request) => out.write(`${showRequest(request)}\n`))
      : sender(open)
  const held: Disposable[] = []
  return {
    options,
    names: openNames(options.numeric),
    out,
    printer: openPrinter(options, out),
    route,
    devices: openDevices(route),
    namespace,
    complain,
    hold(resource) {
      held.push(resource)
      return resource
    },
    [Symbol.dispose]() {
      for (const resource of held) resource[Symbol.dispose]()
      socket?.close()
      namespace?.[Symbol.dispose]()
      out.flush()
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
