import { chain, generation, rule, table } from '../../netfilter/index.ts'
import type { Socket } from '../../netlink/index.ts'
import { type BuiltinChain, type BuiltinTable, builtinTable, HOOKS, type Hook, TABLES } from './builtin.ts'
import type { Expressions } from './compose.ts'

/** How much of the rule set a command looks at. */
export const LEVELS = ['tables', 'chains', 'rules'] as const
export type Level = (typeof LEVELS)[number]

/** A rule as it is, or as it is going to be. */
export interface StoredRule {
  readonly expressions: Expressions
  readonly userdata?: Uint8Array
  readonly compat?: rule.RuleInput['compat']
  readonly handle?: rule.RuleInput['handle']
  /** Its name within the batch, where something refers to it before it has a handle. */
  id?: number
}

/** A chain as it is, or as it is going to be. */
export interface StoredChain {
  readonly message: chain.ChainInput & { readonly name: string }
  /** Of a builtin chain. */
  readonly hook: Hook | undefined
  rules: StoredRule[]
}

/** One of iptables' tables. */
export class StoredTable {
  readonly builtin: BuiltinTable
  exists = false
  /** Whether it has base chains that iptables would not have made. */
  tainted = false
  readonly base = new Map<Hook, StoredChain>()
  user: StoredChain[] = []

  constructor(builtin: BuiltinTable) {
    this.builtin = builtin
  }

  /** Base chains by the way of a packet, then the others. */
  get chains(): StoredChain[] {
    return [...HOOKS.flatMap((hook) => this.base.get(hook) ?? []), ...this.user]
  }

  find(name: string): StoredChain | undefined {
    return this.chains.find(({ message }) => message.name === name)
  }

  has(name: string): boolean {
    return this.builtin.chains.some((each) => each.name === name) || this.find(name) !== undefined
  }

  /** Adds a chain that the kernel has. */
  take(message: StoredChain['message']): void {
    const { hook } = message
    if (hook === undefined) this.user.push({ message, hook: undefined, rules: [] })
    else this.#takeBase(message, hook)
  }

  #takeBase(message: StoredChain['message'], hook: NonNullable<chain.ChainInput['hook']>): void {
    const builtin = this.builtin.chains.find((each) => each.hook === hook.name)
    const isOurs =
      builtin !== undefined &&
      builtin.name === message.name &&
      builtin.type === message.type &&
      builtin.priority === hook.priority
    if (isOurs && !this.base.has(builtin.hook)) this.base.set(builtin.hook, { message, hook: builtin.hook, rules: [] })
    else this.tainted = true
  }

  /** Adds a builtin chain that the kernel lacks. */
  addBuiltin(builtin: BuiltinChain): StoredChain {
    const made = { message: builtinMessage(this.builtin, builtin, 'accept'), hook: builtin.hook, rules: [] }
    this.base.set(builtin.hook, made)
    return made
  }

  /** Adds all builtin chains that the kernel lacks, or the one of this name, to be shown. */
  pretend(name?: string): void {
    for (const builtin of this.builtin.chains) {
      if (!this.base.has(builtin.hook) && (name === undefined || name === builtin.name)) this.addBuiltin(builtin)
    }
  }

  /** The user's chains by name, as they are listed. */
  sort(): void {
    const bytes = ({ message }: StoredChain) => Buffer.from(message.name)
    this.user.sort((a, b) => Buffer.compare(bytes(a), bytes(b)))
  }

  /** As if it had just been deleted. */
  clear(): void {
    this.exists = false
    this.base.clear()
    this.user = []
  }
}

/** What the kernel is told of a builtin chain. */
export function builtinMessage(
  { name: table }: BuiltinTable,
  { name, hook, priority, type }: BuiltinChain,
  policy: 'accept' | 'drop' | undefined,
  counters?: chain.ChainInput['counters'],
): StoredChain['message'] {
  return { family: 'ip', table, name, hook: { name: hook, priority }, policy, counters, type }
}

/** Reads iptables' tables, or one of them, as they are in the kernel: again, where somebody changes them meanwhile. */
export function readTables(socket: Socket, level: Level, only?: string): Map<string, StoredTable> {
  for (;;) {
    const before = socket.requestSync(generation.get()).id
    const tables = readOnce(socket, level, only)
    if (socket.requestSync(generation.get()).id === before) return tables
  }
}

function readOnce(socket: Socket, level: Level, only: string | undefined): Map<string, StoredTable> {
  const tables = new Map(
    TABLES.filter(({ name }) => only === undefined || name === only).map((each) => [each.name, new StoredTable(each)]),
  )
  for (const { name } of socket.requestSync(table.list({ family: 'ip' }))) {
    const known = tables.get(name ?? '')
    if (known !== undefined) known.exists = true
  }
  if (level === 'tables') return tables
  for (const message of socket.requestSync(chain.list({ family: 'ip' }))) {
    tables.get(message.table ?? '')?.take(message as StoredChain['message'])
  }
  if (level === 'chains') return tables
  for (const [name, stored] of tables) {
    if (!stored.exists) continue
    for (const { chain, expressions = [], userdata, handle } of socket.requestSync(
      rule.list({ family: 'ip', table: name }),
    )) {
      stored.find(chain ?? '')?.rules.push({ expressions, userdata, handle })
    }
  }
  return tables
}

/** The table of this name, which iptables must have. */
export function isTable(name: string): boolean {
  return builtinTable(name) !== undefined
}
