export {
  type Connection,
  type ConnectionInput,
  conntrackMessage,
  STATUS,
  type Statistics,
  type StatusName,
  statisticsMessage,
  TCP_STATES,
  type TcpState,
  type Totals,
  type Tuple,
  totalsMessage,
  tuple,
} from './message.ts'
export * from './messages.ts'
export { type Endpoint, type Nat, nat, type Rewriting } from './nat.ts'
export {
  add,
  type ConnectionFilter,
  type ConnectionName,
  delete,
  flush,
  get,
  list,
  listReset,
  statistics,
  totals,
  update,
} from './requests.ts'
export { type ConnectionEvent, type WatchOptions, watch } from './watch.ts'
