import {
  asObject,
  attributes,
  bits,
  bytes,
  checkRest,
  cstring,
  type DumpRequest,
  EncodeError,
  type Infer,
  type InferInput,
  message,
  multi,
  NESTED,
  NLM_F_APPEND,
  NLM_F_CREATE,
  NLM_F_REPLACE,
  type Request,
  u32be,
  u64be,
} from '../../netlink/index.ts'
import type { Change } from '../echo.ts'
import { type Family, netfilterHeader } from '../family.ts'
import { expressions } from './expression/index.ts'
import { requestsFor } from './requests.ts'

/** NFTA_RULE_COMPAT_*: the IP protocol that iptables' extensions may rely on. `invert` is `! -p`. */
const compat = attributes({ protocol: [1, u32be], flags: [2, bits(u32be, { invert: 2 })] })

export const ruleAttributes = attributes({
  table: [1, cstring],
  chain: [2, cstring],
  handle: [3, u64be],
  expressions: [4, expressions, NESTED],
  compat: [5, compat, NESTED],
  /** The handle of another rule: in a request the one to stand before or after, in a dump the one before. */
  position: [6, u64be],
  userdata: [7, bytes],
  pad: [8, multi(bytes)],
  /** Names the rule to later messages of the same batch. */
  id: [9, u32be],
  /** `position` by a rule's id. */
  positionId: [10, u32be],
  /** `chain` by a chain's id. */
  chainId: [11, u32be],
})

/** struct nfgenmsg and NFTA_RULE_* (include/uapi/linux/netfilter/nf_tables.h). */
export const ruleMessage = message(netfilterHeader, ruleAttributes)

/** A rule: its expressions are done one after another until one does not hold or says a verdict. */
export type Rule = Infer<typeof ruleMessage>
export type RuleInput = InferInput<typeof ruleMessage>
/** What is wanted: as it is said, or as it was read. */
export type RuleSettings = RuleInput | Rule

/** A chain's name, all of it; where a rule is, with its `handle` (or the `id` that it has in this batch). */
export type RuleName = Pick<RuleInput, 'family' | 'table' | 'chain' | 'handle' | 'id'>

const rules = requestsFor<Rule, RuleInput, RuleName>({
  noun: 'rule',
  constant: 'RULE',
  numbers: { new: 6, get: 7, delete: 8, getReset: 25, destroy: 28 },
  codec: ruleMessage,
  named: ['table', 'chain', 'handle', 'position'],
})
export const { messages } = rules

/** Adds a rule to the end of its chain or, with a `position`, after the rule of that handle. */
export function add(settings: RuleSettings): Change<Rule> {
  return rules.change(`add rule to ${describe(settings)}`, 'new', NLM_F_CREATE | NLM_F_APPEND, settings)
}

/** Adds a rule to the beginning of its chain or, with a `position`, before the rule of that handle. */
export function insert(settings: RuleSettings): Change<Rule> {
  return rules.change(`insert rule into ${describe(settings)}`, 'new', NLM_F_CREATE, settings)
}

/** Puts a rule in the place of the one of this `handle`. Fails with ENOENT where there is none. */
export function replace(settings: RuleSettings): Change<Rule> {
  return rules.change(`replace rule of ${describe(settings)}`, 'new', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

/**
 * Deletes the rule of this `handle`. Fails with ENOENT where there is none. What else is given is sent with it, as iptables sends the
 * expressions; the kernel looks at the handle. Throws EncodeError without one: that would empty the chain (see `flush`).
 */
function remove(target: RuleSettings): Change<Rule> {
  checkWhich(target)
  return rules.change(`delete rule of ${describe(target)}`, 'delete', 0, target)
}

export { remove as delete }

function checkWhich(target: RuleName): void {
  const { handle, id } = asObject(target)
  if (handle === undefined && id === undefined)
    throw new EncodeError('a handle or an id says which rule').within('handle')
}

/** Deletes the rule of this `handle`, if it is there. Linux 6.3. */
export function destroy(target: RuleName): Request<void> {
  checkWhich(target)
  return rules.change(`destroy rule of ${describe(target)}`, 'destroy', 0, target)
}

/** Deletes all rules of a chain or, without `chain`, of all chains of the table. */
export function flush(target: Pick<RuleInput, 'family' | 'table' | 'chain'>): Change<Rule> {
  const { family, table, chain, ...rest } = asObject(target)
  checkRest(rest)
  const value = { family, table, chain }
  return rules.change(`delete all rules of ${describe(value)}`, 'delete', 0, value)
}

/** Asks for the rule of this `handle`. */
export function get(target: RuleName): Request<Rule> {
  const { family, table, chain, handle } = asObject(target)
  const value = { family, table, chain, handle }
  return rules.ask(`get rule of ${describe(value)}`, value)
}

/** Which rules are listed. */
export interface RuleFilter {
  readonly family?: Family | undefined
  readonly table?: string | undefined
  /** Of a `table` alone. */
  readonly chain?: string | undefined
}

/** Asks for the rules, chain by chain in the order in which they are done. */
export function list(filter: RuleFilter = {}): DumpRequest<Rule> {
  return dump('list rules', 'get', filter)
}

/** `list`, setting the counters of what is listed to zero. Linux 6.2. */
export function listReset(filter: RuleFilter = {}): DumpRequest<Rule> {
  return dump('list and reset rules', 'getReset', filter)
}

function dump(operation: string, verb: 'get' | 'getReset', filter: RuleFilter): DumpRequest<Rule> {
  const { family, table, chain, ...rest } = asObject(filter)
  checkRest(rest)
  return rules.dump(operation, { family, table, chain }, { verb })
}

function describe(target: RuleName): string {
  const { family, table, chain, handle } = asObject(target)
  const which = handle === undefined ? '' : `handle ${handle}`
  return `${family ?? ''} ${table ?? ''} ${chain ?? ''} ${which}`.replace(/ +/g, ' ').trim()
}
