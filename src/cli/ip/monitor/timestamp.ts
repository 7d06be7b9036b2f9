const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment: its second in local time, and the microseconds after it. */
export interface Moment {
  readonly date: Date
  readonly microseconds: number
}

export function now(): Moment {
  const microseconds = Math.floor((performance.timeOrigin + performance.now()) * 1000)
  return { date: new Date(microseconds / 1000), microseconds: microseconds % 1_000_000 }
}

const two = (value: number) => String(value).padStart(2, '0')

const clock = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`

/** As C's asctime(3) writes it: `Wed Jun  3 21:49:08 2026`. */
export function dateText(date: Date): string {
  const day = String(date.getDate()).padStart(2)
  return `${DAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${day} ${clock(date)} ${date.getFullYear()}`
}

export function longText({ date, microseconds }: Moment): string {
  return `Timestamp: ${dateText(date)} ${microseconds} usec\n`
}

/** `2026-06-03T21:49:08.000123`. */
export function shortText({ date, microseconds }: Moment): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${clock(date)}.${String(microseconds).padStart(6, '0')}`
}
