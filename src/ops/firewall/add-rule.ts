import { echo, ownerUserdata, rule, transact } from '../../netfilter/index.ts'
import { checkRest } from '../../netlink/index.ts'
import { unless } from '../missing.ts'
import type { Op } from '../op.ts'
import { inNetns, type NetnsTarget } from '../target.ts'
import { withNetfilter } from './netfilter.ts'
import { abolish, type ChainName, chainOf, establish } from './place.ts'
import { isSame } from './same.ts'

/** What adding a rule remembers: its handle. */
export interface AddedRule {
  readonly handle: NonNullable<rule.Rule['handle']>
}

export interface RuleOptions {
  readonly netns?: NetnsTarget
  /** Kept with the rule, where neither iptables nor nft shows it, so that `deleteRulesOf` finds it: up to 127 bytes. */
  readonly owner?: string
  /** Before all rules of the chain (`iptables -I`) instead of after them (`-A`). */
  readonly first?: boolean
}

/** An op that adds a rule to a chain, which is made where it is not there. */
export function addRule(
  summary: string,
  chain: ChainName,
  expressions: rule.RuleInput['expressions'],
  protocol: number,
  options: { [Key in keyof RuleOptions]: RuleOptions[Key] | undefined },
): Op<AddedRule> {
  const { netns, first = false, owner, ...rest } = options
  checkRest(rest)
  const userdata = owner === undefined ? undefined : ownerUserdata(owner)
  const settings: rule.RuleInput = { ...chainOf(chain), expressions, compat: { protocol, flags: 0 }, userdata }
  return {
    summary: `${summary}${inNetns(netns)}`,
    do: (context = {}) =>
      withNetfilter(netns, context, async (socket) => {
        const added = echo(first ? rule.insert(settings) : rule.add(settings))
        const answers = await transact(socket, () => [...establish(socket, chain), added])
        const made = answers.at(-1) as rule.Rule
        return { handle: made.handle! }
      }),
    undo: ({ handle }, context = {}) =>
      unless(
        ['ENOENT'],
        withNetfilter(netns, context, async (socket) => {
          await transact(socket, () => {
            const rules = socket.requestSync(rule.list(chainOf(chain)))
            // In a table that somebody has made anew, the handle may be that of another rule.
            const isThere = rules.some((found) => found.handle === handle && isSame(found, settings))
            return [
              ...(isThere ? [rule.delete({ ...chainOf(chain), handle })] : []),
              ...abolish(socket, chain, [handle]),
            ]
          })
        }),
      ),
    isDone: (context = {}) =>
      withNetfilter(netns, context, async (socket) => {
        const rules = await unless(['ENOENT'], socket.request(rule.list(chainOf(chain))))
        return rules?.some((found) => isSame(found, settings)) ?? false
      }),
  }
}
