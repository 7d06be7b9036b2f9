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
  return `${(Number(whole) / Number(unit)).toFixed(precision)}${PREFIXES[prefix]}${iec ? 'i' : ''}`
}
