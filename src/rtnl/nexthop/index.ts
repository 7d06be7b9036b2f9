export {
  GROUP_TYPES,
  type Nexthop,
  type NexthopInput,
  nexthopMessage,
  OPERATION_FLAGS,
} from './message.ts'
export * from './messages.ts'
export {
  add,
  type BucketFilter,
  get,
  getBucket,
  list,
  listBuckets,
  type NexthopFilter,
  type NexthopSettings,
  remove as delete,
  replace,
} from './requests.ts'
