import type { AttributeTable, Fields, StructField } from './codec.ts'

/** Type bits of an attribute's number (include/uapi/linux/netlink.h, NLA_TYPE_MASK). */
export const TYPE_MASK = 0x3fff
/** The attribute's payload is itself attributes, said on the wire (NLA_F_NESTED). Third member of a table row. */
export const NESTED = 0x8000

/** An attribute that the table does not know, or that came once more than it should. */
export interface UnknownAttribute {
  readonly type: number
  readonly bytes: Uint8Array
}

/** A header field that an attribute implies: it is shown only where it says something else. */
export interface Derivation {
  readonly from: string
  /** The field's value where the attribute is absent. */
  readonly absent: number
  readonly of: (value: never) => number
}

export interface Layout {
  readonly table: AttributeTable
  /** Fields of the fixed header, all of them; none for a plain set of attributes. */
  readonly header: readonly StructField[]
  readonly headerSize: number
  readonly derived: Readonly<Record<string, Derivation>>
}

/** Reads a set of attributes, after a fixed header where there is one. */
export type ReadSet = (bytes: Uint8Array, start: number, end: number, base: number) => Fields
