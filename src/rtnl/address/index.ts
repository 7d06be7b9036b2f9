export {
  ADDRESS_FLAGS,
  ADDRESS_ORIGINATORS,
  type Address,
  type AddressFlag,
  type AddressInput,
  addressMessage,
} from './message.ts'
export * from './messages.ts'
export {
  type AddressFilter,
  type AddressSettings,
  add,
  change,
  get,
  list,
  listAnycast,
  listMulticast,
  remove as delete,
  replace,
} from './requests.ts'
