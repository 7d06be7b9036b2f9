/** A number at the beginning of a text, as strtoul(3) reads it with base 0, and what follows it. */
export interface Leading {
  readonly value: number
  readonly rest: string
}

/** Undefined where the text does not begin with a number of this range. A minus sign is none. */
export function leadingNumber(text: string, least: number, most: number): Leading | undefined {
  const [all, hexadecimal, octal, decimal] =
    /^\s*\+?(?:0x([0-9a-f]+)|(0[0-7]*)|([1-9]\d*))/i.exec(text) ?? ([undefined] as const)
  if (all === undefined) return undefined
  const value = hexadecimal
    ? Number.parseInt(hexadecimal, 16)
    : octal
      ? Number.parseInt(octal, 8)
      : Number.parseInt(decimal!, 10)
  return value >= least && value <= most ? { value, rest: text.slice(all.length) } : undefined
}

/** The same, of a text that is nothing but the number. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const leading = leadingNumber(text, least, most)
  return leading?.rest === '' ? leading.value : undefined
}

export const hex = (value: number) => `0x${value.toString(16)}`

const MOST_COUNTED = 2n ** 64n - 1n

/** A counter at the beginning of a text, as scanf(3) reads it with `%llu`: what is below zero wraps, what is too much is the most. */
export function leadingCount(text: string): number | bigint | undefined {
  const [, sign, digits] = /^\s*([+-]?)(\d+)/.exec(text) ?? []
  if (digits === undefined) return undefined
  const given = BigInt(digits)
  const most = given > MOST_COUNTED
  const count = most ? MOST_COUNTED : BigInt.asUintN(64, sign === '-' ? -given : given)
  return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count
}
