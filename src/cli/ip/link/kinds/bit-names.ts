/** A set of bits in a request: names, or a number of bits without one. */
export type BitNames<Name extends string> = readonly (Name | number)[] | number | undefined

/** The names of a set. */
export function namesIn<Name extends string>(set: BitNames<Name>): readonly (Name | number)[] {
  return set === undefined ? [] : typeof set === 'number' ? [set] : set
}

/** A set with one more bit decided. */
export function withBit<Name extends string>(set: BitNames<Name>, name: Name, on: boolean): (Name | number)[] {
  const others = namesIn(set).filter((item) => item !== name)
  return on ? [...others, name] : others
}

/** A value and its mask with one more bit decided. */
export function decided<Name extends string>(
  value: BitNames<Name>,
  mask: BitNames<Name>,
  name: Name,
  on: boolean,
): { readonly value: (Name | number)[]; readonly mask: (Name | number)[] } {
  return { value: withBit(value, name, on), mask: withBit(mask, name, true) }
}
