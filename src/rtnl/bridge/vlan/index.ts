export { type BridgeVlan, type BridgeVlanOptions, type BridgeVlans, vlanDumpMessage, vlanMessage } from './message.ts'
export { type GlobalVlanSettings, list, set, setGlobal, type VlanFilter, type VlanSettings } from './requests.ts'
