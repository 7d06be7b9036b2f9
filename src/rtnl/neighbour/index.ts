export {
  NEIGHBOUR_EXTENDED_FLAGS,
  NEIGHBOUR_FLAGS,
  NEIGHBOUR_STATES,
  type Neighbour,
  type NeighbourInput,
  neighbourMessage,
} from './message.ts'
export * from './messages.ts'
export {
  add,
  append,
  change,
  type FlushFilter,
  flush,
  get,
  list,
  type NeighbourFilter,
  type NeighbourSettings,
  remove as delete,
  replace,
} from './requests.ts'
export {
  changeTable,
  listTables,
  type NeighbourTable,
  type NeighbourTableInput,
  neighbourTableMessage,
} from './table.ts'
export * from './table-types.ts'
