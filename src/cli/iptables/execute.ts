import { builtinChain } from './builtin.ts'
import type { Changes } from './changes.ts'
import type { Command, Counters } from './command.ts'
import { compose } from './compose.ts'
import { CommandRefused, IptablesError, NO_SUCH_NAME, NO_SUCH_RULE } from './failure.ts'
import { listChains, printedRule } from './list.ts'
import { type InterfaceName, recogniseWhole } from './recognise.ts'
import type { StoredChain, StoredRule, StoredTable } from './ruleset.ts'
import { saveChains } from './save-text.ts'
import { isSameRule, type Specification } from './specification.ts'

/** What a command has at hand. */
export interface Execution {
  readonly table: StoredTable
  readonly changes: Changes
  readonly interfaceName: InterfaceName
  /** Names of hosts, by address, as far as they are known. */
  host(address: string): string
  write(text: string): void
  warn(text: string): void
}

/** Does a command as far as the batch that it comes to. Throws IptablesError and CommandRefused. */
export function execute(command: Command, execution: Execution): void {
  execution.changes.line = command.line
  ACTIONS[command.verb](command, execution)
  if (command.zero === 'Z') ACTIONS.Z(command, execution)
  if (command.zero === 'Z#') ACTIONS['Z#'](command, execution)
}

type Action = (command: Command, execution: Execution) => void

/** How iptables refuses; `hint` marks what it takes for the kernel's invalid argument. */
function refuse(command: Command, message: string, hint = false): CommandRefused {
  return new CommandRefused(message, command.line, hint)
}

const ACTIONS: Readonly<Record<Command['verb'], Action>> = {
  A(command, execution) {
    for (const specification of command.rules) append(command, execution, specification)
  },
  I(command, execution) {
    for (const specification of command.rules) insert(command, execution, specification)
  },
  R(command, execution) {
    const { table, changes } = execution
    const added = newRule(execution, command.rules[0]!)
    const { chain, at } = numbered(command, execution, 'Index of replacement too big')
    changes.needChain(table, chain.message.name)
    changes.replace(table, chain.message.name, added, chain.rules[at]!)
    show(command, execution, added)
    chain.rules[at] = { ...added, handle: chain.rules[at]!.handle }
  },
  D(command, execution) {
    for (const specification of command.rules) {
      const { chain, at } = matching(command, execution, specification)
      show(command, execution, remove(execution, chain, at))
    }
  },
  'D#'(command, execution) {
    const { chain, at } = numbered(command, execution, 'Index of deletion too big')
    remove(execution, chain, at)
  },
  C(command, execution) {
    for (const specification of command.rules) {
      const { chain, at } = matching(command, execution, specification)
      show(command, execution, chain.rules[at]!)
    }
  },
  F(command, { table, changes, write }) {
    const { chain: name, verbose } = command
    if (name === undefined && !verbose) {
      if (!table.exists) return
      changes.flush(table)
      for (const chain of table.chains) chain.rules = []
      return
    }
    changes.needChain(table, name)
    if (name === undefined) table.sort()
    const chains = name === undefined ? table.chains : [table.find(name)]
    for (const chain of chains) {
      if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
      if (verbose) write(`Flushing chain \`${chain.message.name}'\n`)
      changes.flush(table, chain.message.name)
      chain.rules = []
    }
  },
  N(command, { table, changes }) {
    const name = command.chain!
    changes.needTable(table)
    if (table.has(name)) throw refuse(command, 'Chain already exists')
    changes.makeChain(table, name)
  },
  X(command, { table, changes, write }) {
    const { chain: name, verbose } = command
    if (name === undefined && verbose) table.sort()
    const chains = name === undefined ? table.chains : [table.find(name)]
    for (const chain of chains) {
      if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
      if (verbose && chain.hook === undefined) write(`Deleting chain \`${chain.message.name}'\n`)
      const isInUse = chain.hook !== undefined && (chain.rules.length > 0 || chain.message.policy !== 'accept')
      if (isInUse && name !== undefined) throw refuse(command, 'Directory not empty')
      changes.deleteChain(table, chain, isInUse)
    }
  },
  E(command, { table, changes }) {
    if (table.has(command.newName!)) throw refuse(command, 'File exists')
    const chain = table.find(command.chain!)
    if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
    changes.renameChain(table, chain, command.newName!)
  },
  P(command, execution) {
    // iptables takes counters for a policy, and sets none.
    const counters = { packets: 0, bytes: 0 }
    setPolicy(command, execution, command.chain!, command.policy!, counters, command.line !== undefined)
  },
  Z(command, execution) {
    const { table, changes, write } = execution
    const { chain: name, verbose } = command
    if (name === undefined && verbose) table.sort()
    const chains = name === undefined ? table.chains : [table.find(name)]
    for (const chain of chains) {
      if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
      if (verbose) write(`Zeroing chain \`${chain.message.name}'\n`)
      if (chain.hook !== undefined) changes.zeroChain(chain)
      for (const counted of chain.rules.filter(hasCounted)) {
        changes.replace(table, chain.message.name, zeroed(counted, execution), counted)
      }
    }
  },
  'Z#'(command, execution) {
    const { table, changes } = execution
    const chain = table.find(command.chain!)
    const counted = chain?.rules[command.number - 1]
    if (chain === undefined) throw refuse(command, NO_SUCH_RULE)
    if (counted === undefined) return
    changes.needChain(table, chain.message.name)
    changes.replace(table, chain.message.name, zeroed(counted, execution), counted)
  },
  L(command, execution) {
    listChains(command, execution)
  },
  S(command, execution) {
    saveChains(command, execution)
  },
}

/** Sets a builtin chain's policy and counters. */
export function setPolicy(
  command: Pick<Command, 'line'>,
  { table, changes }: Pick<Execution, 'table' | 'changes'>,
  name: string,
  word: string,
  counters: Counters,
  restoring: boolean,
): void {
  const policy = POLICIES.get(word)
  if (policy === undefined) throw new CommandRefused('Bad policy name', command.line, true)
  if (builtinChain(table.builtin, name) === undefined) throw new CommandRefused('Bad built-in chain name', command.line)
  changes.needChain(table, name)
  changes.setPolicy(table, name, policy.policy, counters, restoring)
}

const POLICIES: ReadonlyMap<string, { readonly policy: 'accept' | 'drop' | undefined }> = new Map([
  ['ACCEPT', { policy: 'accept' }],
  ['DROP', { policy: 'drop' }],
  ['-', { policy: undefined }],
])

function append(command: Command, execution: Execution, specification: Specification): void {
  const { table, changes } = execution
  const name = command.chain!
  const added = newRule(execution, specification)
  changes.needChain(table, name)
  changes.append(table, name, added)
  show(command, execution, added)
  const chain = table.find(name)
  if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
  chain.rules.push(added)
}

function insert(command: Command, execution: Execution, specification: Specification): void {
  const { table, changes } = execution
  const name = command.chain!
  const added = newRule(execution, specification)
  changes.needChain(table, name)
  const chain = table.find(name)
  if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
  const at = command.number - 1
  const before = at === 0 ? undefined : chain.rules[at]
  if (at > 0 && before === undefined) {
    // After the last one there is room for one more.
    if (at !== chain.rules.length) throw refuse(command, 'Index of insertion too big')
    append(command, execution, specification)
    return
  }
  changes.insert(table, name, added, before)
  show(command, execution, added)
  chain.rules.splice(at, 0, added)
}

function newRule({ table }: Execution, specification: Specification): StoredRule {
  const { action, protocol, inverted } = specification
  const expressions = compose(specification)
  if (action !== undefined && 'chain' in action && !table.has(action.chain)) {
    throw new IptablesError(`Chain '${action.chain}' does not exist`)
  }
  const flags = inverted.has('protocol') ? (['invert'] as const) : []
  return { expressions, compat: { protocol, flags } }
}

function numbered(command: Command, { table }: Execution, tooBig: string): { chain: StoredChain; at: number } {
  const chain = table.find(command.chain!)
  if (chain === undefined) throw refuse(command, NO_SUCH_NAME)
  const at = command.number - 1
  if (chain.rules[at] === undefined) throw refuse(command, tooBig)
  return { chain, at }
}

/** The first rule that says the same. */
function matching(
  command: Command,
  execution: Execution,
  specification: Specification,
): { chain: StoredChain; at: number } {
  const { table, interfaceName, warn } = execution
  const wanted = recogniseWhole(newRule(execution, specification), interfaceName, warn)
  const chain = table.find(command.chain!)
  const at = chain?.rules.findIndex((each) => isSameRule(recogniseWhole(each, interfaceName, warn), wanted)) ?? -1
  if (chain === undefined || at < 0) throw refuse(command, NO_SUCH_RULE)
  return { chain, at }
}

function remove({ table, changes }: Execution, chain: StoredChain, at: number): StoredRule {
  const [gone] = chain.rules.splice(at, 1)
  changes.delete(table, chain.message.name, gone!)
  return gone!
}

function show({ verbose }: Command, execution: Execution, shown: StoredRule): void {
  if (verbose) execution.write(printedRule(shown, execution))
}

const hasCounted = ({ expressions }: StoredRule) =>
  expressions.some(({ name, data }) => {
    if (name !== 'counter' || data === undefined || data instanceof Uint8Array) return false
    const { packets = 0, bytes = 0 } = data as { packets?: number | bigint; bytes?: number | bigint }
    return packets > 0 || bytes > 0
  })

/** The same rule with its counters at zero. */
function zeroed(counted: StoredRule, { interfaceName, warn }: Execution): StoredRule {
  const { protocol, inverted } = recogniseWhole(counted, interfaceName, warn)
  const expressions = counted.expressions.map((each) =>
    each.name === 'counter' ? ({ name: 'counter', data: { bytes: 0, packets: 0 } } as const) : each,
  )
  const flags = inverted.has('protocol') ? (['invert'] as const) : []
  return { ...counted, expressions, compat: { protocol, flags } }
}
