import type { Protocol } from './protocol.ts'

/** One message as it crossed a socket. */
export interface TracedMessage {
  readonly direction: 'sent' | 'received'
  readonly protocol: Protocol
  /** The whole message, header first. Valid only during the call: copy what is to be kept. */
  readonly bytes: Uint8Array
  /** The port (nl_pid) of the socket. */
  readonly port: number
}

/** Sees every message of a socket, both ways, before anything else is made of it. */
export type Trace = (message: TracedMessage) => void
