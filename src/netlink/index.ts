/**
 * Netlink: declarations of messages, requests as values, and the sockets that carry them. Everything but opening a socket works without
 * Linux and without native code.
 * @packageDocumentation
 */
export { type Acknowledgement, type ExtendedAck, readAcknowledgement } from './acknowledgement.ts'
export type { Result, Results } from './batch.ts'
export type { Bundle, Telling } from './bundle.ts'
export { type CapturedPacket, readCapture } from './capture.ts'
export { CaptureError } from './capture-error.ts'
export * from './codec/index.ts'
export { type ControlMessage, controlMessages } from './control.ts'
export type { DatagramAnswer, Heard } from './datagram.ts'
export { dissect, type Part, partsAt } from './dissect.ts'
export {
  AnswerLostError,
  attributeAt,
  DumpDecodeError,
  DumpInterruptedError,
  IncompleteDumpError,
  NetlinkError,
  SocketClosedError,
  UnexpectedAnswerError,
} from './error.ts'
export type { Event, EventFailure, EventMessage, EventOf } from './event.ts'
export { type EventQueue, eventQueue, type QueueOptions, retold, type Subscription } from './event-queue.ts'
export { controller, type GenericFamily, genericProtocol, getFamily, tcpMetrics } from './generic/index.ts'
export * from './header.ts'
export { keptEvents } from './multicast.ts'
export {
  type MessageType,
  type MessageTypes,
  messageType,
  messageTypes,
  type Protocol,
} from './protocol.ts'
export {
  type Answer,
  acknowledged,
  answered,
  type DumpRequest,
  dumped,
  type Echo,
  echoed,
  encodeRequest,
  type ReadItem,
  type Request,
  type RequestParts,
  writeRequest,
} from './request.ts'
export { readSaved, restoring, type Saved, saving } from './saved.ts'
export { openNetlink, Socket } from './socket.ts'
export type { BatchOptions, CallOptions, DatagramOptions, SocketOptions, SubscribeOptions } from './socket-options.ts'
export { flagNames, forJson, formatMessage, type Trace, type TracedMessage } from './trace.ts'
