/** What has been sent and received. Times are whole microseconds. */
export class Statistics {
  transmitted = 0
  received = 0
  duplicates = 0
  errors = 0
  /** The most requests that were under way at once; -1 before anything was acknowledged. */
  pipe = -1
  /** The smoothed time of a reply, eight times (RFC 6298). */
  smoothed = 0
  least = Number.POSITIVE_INFINITY
  most = 0
  #sum = 0
  #squares = 0
  #acknowledged = 0
  readonly #seen = new Set<number>()

  /** Sequence numbers are 16 bits and come again. */
  sent(): void {
    this.transmitted++
    this.#seen.delete(this.transmitted & 0xffff)
  }

  /** Returns whether this is one too many. `time` is undefined where packets are too short to hold one. */
  reply(sequence: number, time: number | undefined): boolean {
    this.acknowledge(sequence)
    if (time !== undefined) {
      this.#sum += time
      this.#squares += time * time
      this.least = Math.min(this.least, time)
      this.most = Math.max(this.most, time)
      this.smoothed += this.smoothed === 0 ? time * 8 : time - Math.trunc(this.smoothed / 8)
    }
    const isDuplicate = this.#seen.has(sequence)
    this.#seen.add(sequence)
    if (isDuplicate) this.duplicates++
    else this.received++
    return isDuplicate
  }

  acknowledge(sequence: number): void {
    const behind = (this.transmitted - sequence) & 0xffff
    if (behind > 0x7fff) return
    this.pipe = Math.max(this.pipe, behind + 1)
    const newer = (sequence - this.#acknowledged) & 0xffff
    if ((newer > 0 && newer < 0x8000) || ((this.transmitted - this.#acknowledged) & 0xffff) > 0x7fff) {
      this.#acknowledged = sequence
    }
  }

  get underWay(): number {
    const behind = (this.transmitted - this.#acknowledged) & 0xffff
    return behind <= 0x7fff ? behind : this.transmitted - this.received - this.errors
  }

  isAnswered(sequence: number): boolean {
    return this.#seen.has(sequence & 0xffff)
  }

  get average(): number {
    const count = this.received + this.duplicates
    return count === 0 ? 0 : Math.trunc(this.#sum / count)
  }

  /** The standard deviation. */
  get deviation(): number {
    const count = this.received + this.duplicates
    if (count === 0) return 0
    return Math.trunc(
      Math.sqrt(Math.max(Math.trunc((this.#squares - Math.trunc((this.#sum * this.#sum) / count)) / count), 0)),
    )
  }

  /** Percent, as C's `%g` prints a float. */
  get loss(): string {
    const percent = Math.fround(((this.transmitted - this.received) * 100) / this.transmitted)
    return String(Number(percent.toPrecision(6)))
  }
}

/** Microseconds as milliseconds with three places. */
export function milliseconds(time: number): string {
  return `${Math.trunc(time / 1000)}.${String(time % 1000).padStart(3, '0')}`
}

/** Microseconds as milliseconds with about three digits. */
export function shortMilliseconds(time: number): string {
  if (time >= 100_000 - 50) return String(Math.trunc((time + 500) / 1000))
  if (time >= 10_000 - 5) return ((Math.trunc((time + 50) / 100) * 100) / 1000).toFixed(1)
  if (time >= 1000) return ((Math.trunc((time + 5) / 10) * 10) / 1000).toFixed(2)
  return milliseconds(time)
}

/** The last lines. `elapsed` is from the first request to the last, in milliseconds. */
export function summary(
  host: string,
  statistics: Statistics,
  { elapsed, timed, rate }: { elapsed: number; timed: boolean; rate: boolean },
): string {
  const { transmitted, received, duplicates, errors, pipe, least, most, average, deviation, smoothed } = statistics
  const counts = [
    `${transmitted} packets transmitted, ${received} received`,
    ...(duplicates > 0 ? [`+${duplicates} duplicates`] : []),
    ...(errors > 0 ? [`+${errors} errors`] : []),
    ...(transmitted > 0 ? [`${statistics.loss}% packet loss`, `time ${Math.round(elapsed)}ms`] : []),
  ]
  const times = [least, average, most, deviation].map(milliseconds).join('/')
  const gap = Math.trunc((elapsed * 1000) / (transmitted - 1))
  const details = [
    ...(received > 0 && timed ? [`rtt min/avg/max/mdev = ${times} ms`] : []),
    ...(pipe > 1 ? [`pipe ${pipe}`] : []),
    ...(received > 0 && rate && transmitted > 1
      ? [`ipg/ewma ${milliseconds(gap)}/${milliseconds(Math.trunc(smoothed / 8))} ms`]
      : []),
  ]
  return `\n--- ${host} ping statistics ---\n${counts.join(', ')}\n${details.join(', ')}\n`
}

/** The line that SIGQUIT asks for. */
export function progress(statistics: Statistics, timed: boolean): string {
  const { transmitted, received, least, most, average, smoothed } = statistics
  const loss = transmitted === 0 ? 0 : Math.trunc(((transmitted - received) * 100) / transmitted)
  const times = [least, average, Math.trunc(smoothed / 8), most].map(milliseconds).join('/')
  const rest = received > 0 && timed ? `, min/avg/ewma/max = ${times} ms` : ''
  return `\r${received}/${transmitted} packets, ${loss}% loss${rest}\n`
}
