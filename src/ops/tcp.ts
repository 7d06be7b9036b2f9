import { connect, isIP, type LookupFunction, type Server, type Socket } from 'node:net'
import { InvalidValueError } from '../libc/index.ts'
import { inside, type NetnsTarget } from './target.ts'

export interface ListenOptions {
  /** Where the server listens; the process's own namespace unless told. */
  readonly netns?: NetnsTarget
  /** 0 for one that is free. */
  readonly port: number
}

/**
 * Has a server of `node:net`, `node:http` or `node:tls` listen in a network namespace, on all its addresses. Its connections are of that
 * namespace, wherever the process is; IPv4 clients are seen as `::ffff:10.0.0.1` where there is IPv6.
 * @throws Error 'EADDRINUSE', 'EACCES'
 */
export async function listen(server: Server, { netns, port }: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // Without a host to look up, node makes the socket before `listen` returns.
    inside(netns, () => {
      server.listen(port, () => {
        server.off('error', reject)
        resolve()
      })
    })
  })
}

export interface ConnectOptions {
  /** Where the connection is made from; the process's own namespace unless told. */
  readonly netns?: NetnsTarget
  /** An IPv4 or IPv6 address. */
  readonly host: string
  readonly port: number
  /** How long to wait for the other end, in milliseconds: 5000 unless told. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/** Nobody answered in time. */
export class ConnectTimeoutError extends Error {
  readonly code = 'ETIMEDOUT'
  override readonly name = 'ConnectTimeoutError'

  constructor(host: string, port: number, milliseconds: number) {
    super(`${host} port ${port} did not answer within ${milliseconds} ms`)
  }
}

/**
 * Opens a TCP connection in a network namespace. It stays there.
 * @throws InvalidValueError for a host that is no address; ConnectTimeoutError; Error 'ECONNREFUSED', 'ENETUNREACH', …; the signal's reason
 */
export async function connectTcp(options: ConnectOptions): Promise<Socket> {
  const { netns, host, port, timeout = 5000, signal } = options
  const family = isIP(host)
  if (family === 0) throw new InvalidValueError(`not an address: ${JSON.stringify(host)}`)
  signal?.throwIfAborted()
  // Node makes the socket when the name is known, which is a tick later even for an address; but at once where the look-up is ours.
  const lookup: LookupFunction = (_name, _options, found) => found(null, host, family)
  const socket = inside(netns, () => connect({ host: 'address', port, family, autoSelectFamily: false, lookup }))
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new ConnectTimeoutError(host, port, timeout)), timeout)
    const abort = () => fail(signal?.reason)
    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      socket.off('error', fail)
    }
    const fail = (error: unknown) => {
      settle()
      socket.on('error', () => {})
      socket.destroy()
      reject(error)
    }
    signal?.addEventListener('abort', abort, { once: true })
    socket.once('error', fail)
    socket.once('connect', () => {
      settle()
      resolve(socket)
    })
  })
}
