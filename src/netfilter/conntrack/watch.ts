import type { CodecError, Event, Socket } from '../../netlink/index.ts'
import { NLM_F_CREATE } from '../../netlink/index.ts'
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
 * with the signal, whose reason the loop throws, or with the socket. Watch before listing, so that nothing falls in between.
 */
export function watch(
  socket: Socket,
  { events = ['new', 'update', 'destroy'], ...options }: WatchOptions = {},
): AsyncGenerator<ConnectionEvent, void, undefined> {
  const wanted = events.map((event) => groups[`conntrack-${event}`])
  const subscription = socket.subscribe(wanted, options)
  return (async function* () {
    for await (const event of subscription) yield eventOf(event)
  })()
}

function eventOf(event: Event): ConnectionEvent {
  if (event.event !== 'message') return event
  const { type, flags, value } = event
  const what = type === IPCTNL_MSG_CT_DELETE ? 'destroy' : (flags & NLM_F_CREATE) === 0 ? 'update' : 'new'
  return { event: what, connection: value as Connection }
}
