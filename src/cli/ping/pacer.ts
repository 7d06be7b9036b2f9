/** The least that is waited where nothing came back, in milliseconds: a flood without answers is a hundred a second. */
const FLOOD_INTERVAL = 10

/**
 * Says when the next request is due: one an interval, and what was sent late is made up for, up to `preload` at once. Times are
 * milliseconds.
 */
export class Pacer {
  interval: number
  readonly #preload: number
  #last: number | undefined
  #credit = 0

  constructor(interval: number, preload: number) {
    this.interval = interval
    this.#preload = preload
  }

  /** When the last request became due; undefined before the first. */
  get last(): number | undefined {
    return this.#last
  }

  /** How long to wait; 0 or less says that a request is due, and takes it for sent. */
  wait(now: number, underWay: number): number {
    if (this.#last === undefined) {
      this.#last = now
      this.#credit = this.interval * (this.#preload - 1)
      return 0
    }
    const elapsed = Math.trunc(now - this.#last)
    if (this.interval === 0 && elapsed < FLOOD_INTERVAL && underWay >= this.#preload) return FLOOD_INTERVAL - elapsed
    const credit = Math.min(elapsed + this.#credit, this.interval * this.#preload)
    if (credit < this.interval) return this.interval - credit
    this.#last = now
    this.#credit = credit - this.interval
    return 0
  }

  /** How long until the next after one that was just sent. */
  get next(): number {
    return this.interval - this.#credit
  }

  /** A request could not be sent: those that are late are not made up for. */
  stumble(): void {
    this.#credit = 0
  }
}
