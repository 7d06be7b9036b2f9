import { ArrivalRing } from '../libc/index.ts'

/** So many changes that nothing was said of in a row, and it pays to be told in memory. */
const USUAL = 64

/**
 * Whether the kernel has nothing to say, without asking it. Of a row of changes that succeed nothing is said, and to ask for each whether that
 * is so costs a quarter of making it.
 */
export class Silence {
  readonly #fd: number
  #ring: ArrivalRing | undefined
  #inRow = 0

  constructor(fd: number) {
    this.#fd = fd
  }

  /** Whether nothing can be there to be received; where that is not known, false. */
  get certain(): boolean {
    return this.#ring?.arrived === false
  }

  /** Takes note that the kernel was asked, and whether there was nothing. */
  heard(nothing: boolean): void {
    this.#inRow = nothing ? this.#inRow + 1 : 0
    if (this.#inRow !== USUAL) return
    this.#inRow = 0
    try {
      this.#ring ??= new ArrivalRing(this.#fd)
      this.#ring.watch()
    } catch {
      // Where that is not to be had, it is asked each time, as before.
      this.close()
    }
  }

  /** To be called before the descriptor is closed. */
  close(): void {
    this.#ring?.close()
    this.#ring = undefined
  }
}
