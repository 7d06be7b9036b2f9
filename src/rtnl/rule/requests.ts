import {
  acknowledged,
  asObject,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  NLM_F_CREATE,
  NLM_F_EXCL,
  type Request,
  within,
} from '../../netlink/index.ts'
import type { Family } from '../family.ts'
import { ALL, checkFamily, familyOf, sameFamily } from '../prefix.ts'
import { TABLES } from '../route/index.ts'
import { RULE_ACTIONS, type Rule, type RuleInput, ruleMessage } from './message.ts'
import { RTM_DELRULE, RTM_GETRULE, RTM_NEWRULE } from './messages.ts'

/**
 * What is wanted of a rule: anything a rule message holds. `src` and `dst` are prefixes, or `all`; `family` follows from them and is
 * `inet` without them. A rule that is added looks up table 254 (main) where neither `table`, `goto`, `l3mdev` nor another `action`
 * is given.
 *
 * Rules as `list` gives them are taken as they are; flags that only the kernel may set are left out.
 */
export type RuleSettings = RuleInput | Rule

/** Which rules are listed. Only the family is looked at by the kernel. */
export interface RuleFilter {
  readonly family?: Family | undefined
  readonly table?: number | undefined
  readonly priority?: number | undefined
}

const STATES: readonly (string | number)[] = ['unresolved', 'iif-detached', 'oif-detached']

/** Adds a rule. Fails with EEXIST where there is the same one. Throws EncodeError. */
export function add(settings: RuleSettings): Request<void> {
  checkObject(settings)
  const given = settings as RuleInput
  const action = given.action ?? (given.goto === undefined ? 'to-tbl' : 'goto')
  const looksUp = (action === 'to-tbl' || action === RULE_ACTIONS['to-tbl']) && !given.l3mdev
  return acknowledged({
    operation: `add rule ${describe(given)}`.trimEnd(),
    type: RTM_NEWRULE,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    codec: ruleMessage,
    value: { ...ruleValue(given, looksUp ? TABLES.main : TABLES.unspec), action },
  })
}

/** Deletes the first rule that has all that is said. Fails with ENOENT where there is none. Throws EncodeError. */
export function remove(settings: RuleSettings): Request<void> {
  checkObject(settings)
  const operation = `delete rule ${describe(settings as RuleInput)}`.trimEnd()
  return acknowledged({
    operation,
    type: RTM_DELRULE,
    codec: ruleMessage,
    value: ruleValue(settings as RuleInput, TABLES.unspec),
  })
}

/** Asks for the rules of a family, or of all, in the order in which they are looked at. Throws EncodeError. */
export function list(filter: RuleFilter = {}): DumpRequest<Rule> {
  const { family, table, priority, ...rest } = asObject(filter)
  checkRest(rest)
  const wanted = (rule: Rule) =>
    (family === undefined || sameFamily(family, 'unspec') || sameFamily(rule.family, family)) &&
    (table === undefined || (rule.table ?? rule.headerTable ?? 0) === table) &&
    (priority === undefined || (rule.priority ?? 0) === priority)
  return dumped(
    { operation: 'list rules', type: RTM_GETRULE, codec: ruleMessage, value: { family } },
    ruleMessage,
    (rule: Rule) => (wanted(rule) ? rule : undefined),
  )
}

/** How errors call a rule. */
function describe({ priority, src, dst, table }: RuleInput): string {
  return [
    priority === undefined ? '' : String(priority),
    src === undefined ? '' : `from ${src}`,
    dst === undefined ? '' : `to ${dst}`,
    table === undefined ? '' : `table ${table}`,
  ]
    .filter((text) => text !== '')
    .join(' ')
}

function ruleValue(given: RuleInput, usualTable: number): RuleInput {
  const { table, headerTable, dstLength, srcLength, flags, pad, ...rest } = given
  const number = table ?? headerTable ?? usualTable
  const wanted = Array.isArray(flags) ? flags.filter((flag) => !STATES.includes(flag)) : flags
  return {
    ...rest,
    family: familyOfRule(given),
    flags: wanted,
    // A table below 256 stands in the header alone, any other in FRA_TABLE alone, as iproute2 sends them.
    ...(number < 256 ? { headerTable: number } : { headerTable: TABLES.unspec, table: number }),
  }
}

function familyOfRule({ family, src, dst }: RuleInput): Family {
  const said = [src, dst].find((text) => text !== undefined && !String(text).startsWith(ALL))
  const implied = said === undefined ? 'inet' : within(said === src ? 'src' : 'dst', () => familyOf(said))
  const wanted = family === undefined || sameFamily(family, 'unspec') ? implied : family
  if (said !== undefined) checkFamily(said === src ? 'src' : 'dst', said, wanted)
  return wanted
}
