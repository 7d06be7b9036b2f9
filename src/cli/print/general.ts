/** A number as C's `%g` has it: six digits at most, with an exponent where it is very small or large. */
export function general(value: number): { readonly literal: string } {
  if (value === 0) return { literal: '0' }
  const [digits = '', power = '0'] = value.toExponential(5).split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 6) return { literal: String(Number(value.toPrecision(6))) }
  const sign = exponent < 0 ? '-' : '+'
  return { literal: `${Number(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}` }
}
