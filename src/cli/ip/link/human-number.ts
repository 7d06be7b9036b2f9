const PREFIXES = 'kMGTPE'

/** A count in thousands, millions and so on, or with `iec` in powers of 1024, with up to two decimals. */
export function humanNumber(count: number | bigint, iec: boolean): string {
  const base = iec ? 1024n : 1000n
  const whole = BigInt(count)
  if (whole < base) return String(whole)
  let unit = base
  let prefix = 0
  while (whole / base >= unit && prefix < PREFIXES.length - 1) {
    unit *= base
    prefix++
  }
  let precision = 2
  for (let limit = 10n; precision > 0; precision--, limit *= 10n) {
    if (whole / unit < limit) break
  }
  return `${toFixed(Number(whole) / Number(unit), precision)}${PREFIXES[prefix]}${iec ? 'i' : ''}`
}

/** As printf(3) rounds: what lies halfway goes to the even digit, not up. Only odd multiples of 2 ** -(precision + 1) lie halfway. */
function toFixed(number: number, precision: number): string {
  const halves = number * 2 ** (precision + 1)
  const below = Math.floor(number * 10 ** precision)
  return halves % 2 === 1 && below % 2 === 0 ? (below / 10 ** precision).toFixed(precision) : number.toFixed(precision)
}
