export { type Vni, type Vnis, vniMessage } from './message.ts'
export { add, list, remove as delete, type VniSettings } from './requests.ts'
