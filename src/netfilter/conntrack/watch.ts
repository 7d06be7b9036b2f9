import {
  type CodecError,
  type Event,
  NLM_F_CREATE,
  retold,
  type Socket,
  type Subscription,
} from '../../netlink/index.ts'
import { groups } from '../groups.ts'
import type { Connection } from './message.ts'
import { IPCTNL_MSG_CT_DELETE } from './messages.ts'

/** What happens to connections. */
export type ConnectionEvent =
  | { readonly event: 'new' | 'update' | 'destroy'; readonly connection: Connection }
  /** Events were lost: list again to know where things stand. The watch goes on. */
  | { readonly event: 'resync'; readonly reason: string }
  /** A message that could not be decoded. The watch goes on. */
  | { readonly event: 'undecoded'; readonly error: CodecError; readonly hex: string }

export interface WatchOptions {
  readonly events?: readonly ('new' | 'update' | 'destroy')[]
  readonly signal?: AbortSignal
  /** SO_RCVBUF in bytes of what waits to be taken; 8 MiB unless told. */
  readonly receiveBuffer?: number
}

/**
 * Connections as they come, change and go, from this call on: `for await (const event of watch(socket))`. Ends with leaving the loop,
 * with `close()`, with the signal, whose reason the loop throws, or with the socket. Watch before listing, so that nothing falls in between.
 */
export function watch(
  socket: Socket,
  { events = ['new', 'update', 'destroy'], ...options }: WatchOptions = {},
): Subscription<ConnectionEvent> {
  const wanted = events.map((event) => groups[`conntrack-${event}`])
  return retold(socket.subscribe(wanted, options), eventOf)
}

function eventOf(event: Event): ConnectionEvent {
  if (event.event !== 'message') return event
  const { type, flags, value } = event
  const what = type === IPCTNL_MSG_CT_DELETE ? 'destroy' : (flags & NLM_F_CREATE) === 0 ? 'update' : 'new'
  return { event: what, connection: value as Connection }
}
