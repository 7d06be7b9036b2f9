import { SystemError } from '../libc/index.ts'
import { TransactionError } from '../netfilter/index.ts'
import { NetlinkError } from '../netlink/index.ts'

/** Awaits something; a refusal by the kernel with one of these errnos becomes undefined. */
export async function unless<T>(codes: readonly string[], pending: Promise<T>): Promise<T | undefined> {
  try {
    return await pending
  } catch (error) {
    if (isRefusal(error, codes)) return undefined
    throw error
  }
}

export function isRefusal(error: unknown, codes: readonly string[]): boolean {
  const refusals = [NetlinkError, SystemError, TransactionError]
  return refusals.some((kind) => error instanceof kind) && codes.includes((error as NetlinkError).code)
}
