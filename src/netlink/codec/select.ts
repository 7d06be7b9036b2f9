import type { AnyCodec, Codec, Fields, Infer, InferInput } from './codec.ts'

declare const other: unique symbol
/**
 * A selecting value that the table of cases does not have. At run time it is a plain string: `String(name)` gives it. Its type
 * is opaque, because TypeScript narrows a union by `kind === 'vxlan'` only where no member's `kind` is any string.
 */
export interface OtherName {
  toString(): string
  readonly [other]: never
}

type Cases = Readonly<Record<string, AnyCodec>>

export interface Select<By extends string, C extends Cases, Otherwise extends AnyCodec>
  extends Codec<unknown, unknown> {
  readonly by: By
  readonly cases: C
  readonly otherwise: Otherwise
}

/** `{ kind: 'vxlan', data?: Vxlan } | { kind: 'veth', data?: Veth } | …`: knowing the one narrows the other. */
export type SelectOut<S, Key extends string> =
  S extends Select<infer By, infer C, infer Otherwise>
    ?
        | { [Case in keyof C]: { [K in By]: Case } & { [K in Key]?: Infer<C[Case]> } }[keyof C]
        | ({ [K in By]?: OtherName } & { [K in Key]?: Infer<Otherwise> })
    : never
export type SelectIn<S, Key extends string> =
  S extends Select<infer By, infer C, infer Otherwise>
    ?
        | { [Case in keyof C]: { [K in By]: Case } & { [K in Key]?: InferInput<C[Case]> | undefined } }[keyof C]
        | ({ [K in By]?: string | undefined } & { [K in Key]?: InferInput<Otherwise> | undefined })
    : never

/**
 * An attribute whose meaning is chosen by the value of a sibling, `by`: the kernel specs' sub-message. The sibling may stand after
 * it, as RTA_ENCAP_TYPE does. A value that the table lacks is read by `otherwise`; where that is `bytes`, bytes may also be
 * written for any other value.
 */
export function select<const By extends string, const C extends Cases, Otherwise extends AnyCodec>(
  by: By,
  cases: C,
  otherwise: Otherwise,
): Select<By, C, Otherwise> {
  const table = new Map<unknown, AnyCodec>(Object.entries(cases))
  const chosen = (parent: Fields) => table.get(parent[by]) ?? otherwise
  return {
    form: { is: 'select', by, cases, otherwise },
    by,
    cases,
    otherwise,
    read: (bytes, offset, end, base, parent) => chosen(parent).read(bytes, offset, end, base, parent),
    write(writer, value, parent) {
      const codec = otherwise.form.is === 'bytes' && value instanceof Uint8Array ? otherwise : chosen(parent)
      codec.write(writer, value, parent)
    },
  }
}
