import { ArrivalRing } from '../../src/libc/index.ts'

/** Why there is no io_uring here, which some kernels lack and many containers forbid; undefined where there is. */
export function noRingReason(): string | undefined {
  try {
    new ArrivalRing(0).close()
    return undefined
  } catch (error) {
    return `no io_uring: ${(error as Error).message}`
  }
}
