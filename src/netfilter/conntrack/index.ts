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
