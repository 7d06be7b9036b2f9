import { NetlinkError } from '../../../../netlink/index.ts'
import { link } from '../../../../rtnl/index.ts'
import { CommandFailure } from '../../../grammar/index.ts'
import { refusal } from '../../../report.ts'
import type { KindContext } from './kind.ts'

/**
 * The attributes of a kind that a link has: a tunnel is changed by sending all of them again. Empty for a link of another kind,
 * which the kernel will refuse to change. Throws CommandFailure.
 */
export function existingData({ session, index }: KindContext, kind: string): object {
  const info = askFor(session, index)?.linkinfo as { kind?: string; data?: object } | undefined
  if (info?.data === undefined) throw new CommandFailure('Failed to get existing tunnel info.', 1)
  return info.kind === kind ? info.data : {}
}

function askFor({ route, complain }: KindContext['session'], index: number | undefined): link.Link | undefined {
  if (index === undefined) return undefined
  try {
    return route.ask(link.get(index))
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    complain(refusal(error))
    return undefined
  }
}
