import { InvalidValueError } from '../../libc/index.ts'
import { link } from '../../rtnl/index.ts'
import type { Op } from '../op.ts'
import { type NetnsTarget, withRoute } from '../target.ts'

/** The most that an alias can hold, in bytes (IFALIASZ with its NUL). */
const MOST = 255

/**
 * Writes down with a link what there is to know of it, where everybody sees it (`ip link`). The kernel does not take an alias with the request
 * that makes a link. It goes with the link, and so there is nothing to undo.
 * @throws InvalidValueError for a text that is too long
 */
export function describe(name: string, alias: string, netns?: NetnsTarget): Op<void> {
  if (Buffer.byteLength(alias) > MOST) throw new InvalidValueError(`more than the alias of a link can hold: ${alias}`)
  const request = link.set({ name, alias })
  return {
    summary: `describe ${name}`,
    do: (context = {}) => withRoute(netns, context, (route) => route.request(request)),
    undo: async () => {},
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => (await route.request(link.get(name))).alias === alias),
  }
}
