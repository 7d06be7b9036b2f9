import type { Devices } from '../../src/cli/devices.ts'
import { openNames } from '../../src/cli/names/index.ts'
import { defaultOptions, type Options } from '../../src/cli/options.ts'
import { collectOutput, jsonPrinter, plain, textPrinter } from '../../src/cli/print/index.ts'
import type { Session } from '../../src/cli/session.ts'
import type { DumpRequest, Request } from '../../src/netlink/index.ts'
import type { link } from '../../src/rtnl/index.ts'

export interface TestSession extends Session {
  /** What was asked to be changed. */
  readonly changes: Request<void>[]
  /** What went to stderr, line by line. */
  readonly complaints: string[]
  readonly text: string
}

/** A session without a kernel: it knows `links`, answers dumps with `tables`, and keeps what would be changed. */
export function testSession(
  options: Partial<Options> = {},
  links: readonly Partial<link.Link>[] = [],
  tables: Readonly<Record<string, readonly unknown[]>> = {},
): TestSession {
  const all: Options = { ...defaultOptions(), ...options }
  const out = collectOutput()
  const known = links.map((item) => ({ family: 'unspec', type: 'ether', flags: [], change: [], ...item }) as link.Link)
  const devices: Devices = {
    index: (name) => known.find((item) => item.name === name)?.index ?? 0,
    name: (index) => known.find((item) => item.index === index)?.name ?? `if${index}`,
    known: (index) => known.find((item) => item.index === index),
    remember() {},
    forget() {},
  }
  const changes: Request<void>[] = []
  const complaints: string[] = []
  const change = (request: Request<void>) => {
    changes.push(request)
  }
  const answer = (request: Request<unknown>) => {
    const found = tables[request.operation]
    if (found === undefined) throw new Error(`nobody answers "${request.operation}"`)
    return found
  }
  return {
    options: all,
    names: openNames(all.numeric),
    hostText: (address) => address,
    out,
    printer: all.json ? jsonPrinter(out, all.pretty) : textPrinter(out, plain, all.oneline ? '\\' : '\n'),
    route: {
      ask: <Reply>(request: Request<Reply>) =>
        (request.answer.is === 'dump' ? answer(request) : answer(request)[0]) as Reply,
      each: <Item>(request: DumpRequest<Item>) => answer(request) as readonly Item[],
      change,
      finish: change,
    },
    devices,
    watch() {
      throw new Error('nothing happens here')
    },
    namespace: undefined,
    hold: (resource) => resource,
    complain: (line) => {
      complaints.push(line)
    },
    [Symbol.dispose]() {},
    changes,
    complaints,
    get text() {
      return out.text
    },
  }
}
