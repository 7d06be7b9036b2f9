export * from './codec/index.ts'
export * from './header.ts'
export type { MessageType, Protocol } from './protocol.ts'
export {
  type Answer,
  acknowledged,
  answered,
  type DumpRequest,
  dumped,
  encodeRequest,
  type ReadItem,
  type Request,
  writeRequest,
} from './request.ts'
