import { rule } from '../rtnl/index.ts'
import { holds, saidBack } from './holds.ts'
import { unless } from './missing.ts'
import type { Op } from './op.ts'
import { inNetns, type NetnsTarget, withRoute } from './target.ts'

export type AddPolicyRuleSettings = rule.RuleInput & { readonly netns?: NetnsTarget }

/**
 * Adds a rule of policy routing, `addPolicyRule({ src: '10.1.0.0/16', table: 100, priority: 1000 })`: which table is looked at for which
 * packets (`ip rule add`). Undone, it is deleted.
 */
export function addPolicyRule({ netns, ...settings }: AddPolicyRuleSettings): Op<void> {
  const request = rule.add(settings)
  const wanted = saidBack<rule.Rule>(request)
  const { table, headerTable, ...compared } = settings
  const { src = 'all', dst = 'all', priority } = settings
  const place = priority === undefined ? '' : ` ${priority}`
  return {
    summary: `add rule${place} from ${src} to ${dst} table ${tableOf(wanted)}${inNetns(netns)}`,
    do: (context = {}) => withRoute(netns, context, (route) => route.request(request)),
    undo: (_, context = {}) =>
      unless(
        ['ENOENT'],
        withRoute(netns, context, (route) => route.request(rule.delete(settings))),
      ),
    isDone: (context = {}) =>
      withRoute(netns, context, async (route) => {
        const all = await route.request(rule.list({ family: wanted.family }))
        const isSame = (found: rule.Rule) =>
          tableOf(found) === tableOf(wanted) &&
          (Object.keys(compared) as (keyof rule.Rule)[]).every((key) => holds(found[key], wanted[key]))
        return all.some(isSame)
      }),
  }
}

/** A table below 256 may stand in the header alone. */
function tableOf({ table, headerTable }: Partial<rule.Rule>): number {
  return table ?? headerTable ?? 0
}
