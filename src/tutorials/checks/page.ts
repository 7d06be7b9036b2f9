import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { SystemError } from '../../libc/index.ts'
import { ConnectTimeoutError, connectTcp, listen, readSysctl } from '../../ops/index.ts'
import type { Check, Verdict } from '../tutorial.ts'
import { namespaceAt, type Place, type Wording, wordsOf } from './place.ts'

export interface Visit {
  /** Where the server is, and the port that it listens on. */
  readonly server: { readonly netns?: Place; readonly port: number }
  /** What the client connects to, which may be somebody who passes it on. */
  readonly to: { readonly address: string; readonly port: number }
  /** The address that the server sees the client come from. */
  readonly seenAs?: string | (() => string)
}

/** Enough to fill several packets in each direction of a connection. */
const PAGE = 'The quick brown fox jumps over the lazy dog.\n'.repeat(1000)
const PATIENCE = 3000
/** How long a connection that is not to come about is waited for. */
const SILENCE = 400

/** A page of 45 KB is fetched by HTTP, over real TCP, from the place of the wording. */
export function fetches(visit: Visit, wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withServer(visit, async (seen) => {
        const { status, body } = await fetched(visit.to, wording.netns, PATIENCE, signal)
        const from = seen[0]
        const expected = typeof visit.seenAs === 'function' ? visit.seenAs() : visit.seenAs
        const passed = status === 200 && body === PAGE && (expected === undefined || expected === from)
        return { passed, found: `status ${status}, ${body.length} bytes; the server saw ${from}` }
      })
    },
  }
}

/** There is a server, and yet no connection comes about. */
export function cannotFetch(visit: Omit<Visit, 'seenAs'>, wording: Wording): Check {
  return {
    ...wording,
    async run({ signal }) {
      return await withServer(visit, async (seen) => {
        try {
          await fetched(visit.to, wording.netns, SILENCE, signal)
        } catch (error) {
          signal?.throwIfAborted()
          const expected =
            error instanceof ConnectTimeoutError || /^(ECONNREFUSED|E(NET|HOST)UNREACH)$/.test(codeOf(error))
          return { passed: expected && seen.length === 0, found: wordsOf(error) }
        }
        return { passed: false, found: `the server saw ${seen[0]}` }
      })
    },
  }
}

/** Whether what a bridge passes on goes through iptables as well (br_netfilter). */
export function bridgedIsFiltered(netns?: Place): boolean {
  try {
    return readSysctl('net.bridge.bridge-nf-call-iptables', { netns: namespaceAt(netns) }) === '1'
  } catch (error) {
    if (error instanceof SystemError && error.code === 'ENOENT') return false
    throw error
  }
}

async function withServer(
  visit: Omit<Visit, 'seenAs'>,
  action: (seen: readonly string[]) => Promise<Verdict>,
): Promise<Verdict> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push((request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''))
    response.setHeader('connection', 'close')
    response.end(PAGE)
  })
  await listen(server, { netns: namespaceAt(visit.server.netns), port: visit.server.port })
  try {
    return await action(seen)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function fetched(
  { address, port }: Visit['to'],
  place: Place,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<{ status: number | undefined; body: string }> {
  const socket = await connectTcp({ netns: namespaceAt(place), host: address, port, timeout, signal })
  try {
    // What is too large for a link on the way, and is not reported, would make it wait for ever.
    const limit = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])])
    const request = get({ createConnection: () => socket, signal: limit, headers: { host: address } })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: await text(response) }
  } finally {
    socket.destroy()
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code)
}
