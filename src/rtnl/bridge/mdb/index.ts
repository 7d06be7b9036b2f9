export {
  databaseMessage,
  entryMessage,
  MDB_FLAGS,
  type MulticastDatabase,
  type MulticastEntry,
  mdbMessage,
} from './message.ts'
export { add, list, type MulticastGroup, remove as delete, replace } from './requests.ts'
