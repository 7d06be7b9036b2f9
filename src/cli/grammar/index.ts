export {
  type Address,
  address,
  addressText,
  expectAddress,
  expectIpv4,
  expectPrefix,
  type Family,
  type FamilyDraft,
  familyNamed,
  familyWord,
  isInternet,
  isMulticast,
  isUnspecified,
  prefix,
  readAddress,
  readPrefix,
} from './address.ts'
export { choice, offOn, onOff, text } from './choice.ts'
export { type CommandTable, dispatch, help, type Run, type Verb, verb, type WordTable } from './command.ts'
export { type DeviceDraft, device, findDevice, isAlternativeName, isDeviceName } from './device.ts'
export { CommandFailure, duplicate, garbage, incomplete, noDevice, required, usage, wrong } from './failure.ts'
export { type Keyword, type Place, type Reader, type Rows, rows } from './keyword.ts'
export { lladdr, lladdrBytes, lladdrText } from './lladdr.ts'
export { nearest } from './nearest.ts'
export { cInteger, cNumber, cTruncated, i32, leadingNumber, u8, u16, u32, u64 } from './number.ts'
export { type Grammar, type Positional, parse, usageText } from './parse.ts'
export { abbreviates, type Spelling, spelled, spellings, spells } from './spelling.ts'
export { Words } from './words.ts'
