export { ip, ipv4, ipv6, lladdr, mac, type Prefix, parseLladdr, parsePrefix, prefix } from './address.ts'
export {
  type AttributeDeclaration,
  type AttributeRow,
  type Attributes,
  type AttributesIn,
  type AttributesOut,
  attributes,
  type Message,
  message,
} from './attributes.ts'
export { bool8, flag, flagOrByte } from './boolean.ts'
export { asObject, checkObject, checkRest } from './check.ts'
export type {
  AnyCodec,
  AttributeEntry,
  AttributeTable,
  Codec,
  Fields,
  FixedCodec,
  Form,
  Infer,
  InferInput,
  StructField,
} from './codec.ts'
export { either } from './either.ts'
export { type Bits, bits, bitsValue, enumeration } from './enumeration.ts'
export { CodecError, DecodeError, EncodeError, quote, toHex, within } from './error.ts'
export { i8, i16, i32, i32be, i64, type U64, u8, u16, u16be, u32, u32be, u64, u64be, uint } from './integer.ts'
export { formatIpv4, formatIpv6, parseIp, parseIpv4, parseIpv6 } from './ip.ts'
export { type Derivation, NESTED, TYPE_MASK, type UnknownAttribute } from './layout.ts'
export { lazy, list, multi, sequence } from './repeated.ts'
export { type OtherName, type Select, select } from './select.ts'
export { array, fixedArray, type Padding, padding, type Struct, type StructDeclaration, struct } from './struct.ts'
export { bytes, cstring, fixedBytes, opaque, string } from './text.ts'
export { attributesIn, copyOf } from './wire.ts'
export { Writer } from './writer.ts'
