/** Where a packet may be, in the order in which chains are listed. */
export const HOOKS = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const
export type Hook = (typeof HOOKS)[number]

/** A chain that iptables has without being told, and makes in the kernel when it is first needed. */
export interface BuiltinChain {
  readonly name: string
  readonly type: 'filter' | 'nat' | 'route'
  readonly hook: Hook
  readonly priority: number
}

export interface BuiltinTable {
  readonly name: string
  /** In the order in which they are made where all are. */
  readonly chains: readonly BuiltinChain[]
}

const chain = (hook: Hook, priority: number, type: BuiltinChain['type'] = 'filter'): BuiltinChain => ({
  name: hook.toUpperCase(),
  type,
  hook,
  priority,
})

const LOCAL = ['input', 'forward', 'output'] as const

/** The tables, in the order in which iptables-save shows them. */
export const TABLES: readonly BuiltinTable[] = [
  // What is done to a packet that leaves may change its route.
  { name: 'mangle', chains: HOOKS.map((hook) => chain(hook, -150, hook === 'output' ? 'route' : 'filter')) },
  { name: 'security', chains: LOCAL.map((hook) => chain(hook, 150)) },
  { name: 'raw', chains: [chain('prerouting', -300), chain('output', -300)] },
  { name: 'filter', chains: LOCAL.map((hook) => chain(hook, 0)) },
  {
    name: 'nat',
    chains: [
      chain('prerouting', -100, 'nat'),
      chain('input', 100, 'nat'),
      chain('postrouting', 100, 'nat'),
      chain('output', -100, 'nat'),
    ],
  },
]

export function builtinTable(name: string): BuiltinTable | undefined {
  return TABLES.find((table) => table.name === name)
}

export function builtinChain(table: BuiltinTable, name: string): BuiltinChain | undefined {
  return table.chains.find((chain) => chain.name === name)
}
