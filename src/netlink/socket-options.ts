import { checkObject, checkRest, EncodeError, quote } from './codec/index.ts'
import type { Trace } from './trace.ts'

export interface SocketOptions {
  /** The network namespace to live in: a descriptor, or what holds one. Without it, the calling thread's own. */
  readonly netns?: number | { readonly fd: number }
  /** SO_RCVBUF in bytes, 4 MiB unless told. */
  readonly receiveBuffer?: number
  /** Let the kernel check and filter dumps strictly (NETLINK_GET_STRICT_CHK, Linux 4.20). On unless told. */
  readonly strict?: boolean
  /** Sees every message both ways. */
  readonly trace?: Trace
  /** Told what the kernel remarks on a request that it carried out. Without this and `trace`, changes ask for no answer to success. */
  readonly warn?: (operation: string, text: string) => void
}

/** Throws EncodeError. */
export function checkOptions(options: SocketOptions): void {
  checkObject(options)
  const { netns, receiveBuffer, strict, trace, warn, ...rest } = options
  checkRest(rest)
  const fd: unknown = typeof netns === 'object' && netns !== null ? netns.fd : netns
  if (netns !== undefined && !(Number.isInteger(fd) && (fd as number) >= 0)) {
    throw new EncodeError(`expected a descriptor or what holds one, got ${quote(fd)}`).within('netns')
  }
  checkSize(receiveBuffer)
}

/** Throws EncodeError. */
export function checkSize(receiveBuffer: number | undefined): void {
  const fits = Number.isInteger(receiveBuffer) && receiveBuffer! > 0 && receiveBuffer! < 2 ** 31
  if (receiveBuffer !== undefined && !fits) {
    throw new EncodeError(`expected a number of bytes below 2 GiB, got ${quote(receiveBuffer)}`).within('receiveBuffer')
  }
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

export interface SubscribeOptions {
  /** SO_RCVBUF in bytes: the socket's own unless told, and not less than 8 MiB. */
  readonly receiveBuffer?: number
  /** Hear of other namespaces that this one has given ids, too (NETLINK_LISTEN_ALL_NSID, Linux 4.2); see `nsid` of events. */
  readonly allNamespaces?: boolean
}

export interface BatchOptions {
  /**
   * Whether each change that succeeds is answered, too, with what the kernel remarks on it; otherwise only failures are, and the end, which
   * spares the kernel and us most of the answers. Unless told, as the socket has a `warn` or a `trace`.
   */
  readonly warnings?: boolean
}

export interface DatagramOptions {
  /** nlmsg_seq of the first message, counted up from there. Goes on from the socket's own numbers unless told. */
  readonly sequence?: number
}
