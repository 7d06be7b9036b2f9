import type { chain } from '../../netfilter/index.ts'

/** Names of priorities (nft(8)), by the hooks that have them. */
const PRIORITIES: readonly { readonly name: string; readonly priority: number; readonly hooks?: readonly string[] }[] =
  [
    { name: 'raw', priority: -300 },
    { name: 'mangle', priority: -150 },
    { name: 'dstnat', priority: -100, hooks: ['prerouting'] },
    { name: 'filter', priority: 0 },
    { name: 'security', priority: 50 },
    { name: 'srcnat', priority: 100, hooks: ['postrouting'] },
  ]
const BRIDGE_PRIORITIES: typeof PRIORITIES = [
  { name: 'dstnat', priority: -300, hooks: ['prerouting'] },
  { name: 'filter', priority: -200 },
  { name: 'out', priority: 100, hooks: ['output'] },
  { name: 'srcnat', priority: 300, hooks: ['postrouting'] },
]
/** How far from a name a priority may be and still be said by it. */
const NEAR = 10

export function priorityText(family: string, hook: string, priority: number): string {
  const names =
    family === 'bridge'
      ? BRIDGE_PRIORITIES
      : family === 'netdev' || family === 'arp'
        ? PRIORITIES.filter(({ name }) => name === 'filter')
        : PRIORITIES
  for (const { name, priority: base, hooks } of names) {
    if (hooks !== undefined && !hooks.includes(hook)) continue
    const distance = priority - base
    if (distance === 0) return name
    if (Math.abs(distance) <= NEAR) return `${name} ${distance < 0 ? '-' : '+'} ${Math.abs(distance)}`
  }
  return String(priority)
}

/** The line of a base chain that says where it is asked, and what becomes of what no rule decides. */
export function hookLine({ family, hook, type, policy }: chain.Chain, numeric: boolean): string | undefined {
  if (hook === undefined || type === undefined) return undefined
  const devices = hook.device !== undefined ? [hook.device] : (hook.devices ?? [])
  const on =
    devices.length === 0
      ? ''
      : devices.length === 1
        ? ` device "${devices[0]}"`
        : ` devices = { ${devices.map((device) => `"${device}"`).join(', ')} }`
  const number = hook.priority ?? 0
  const priority = numeric ? number : priorityText(String(family), String(hook.name), number)
  return `type ${type} hook ${String(hook.name)}${on} priority ${priority}; policy ${String(policy ?? 'accept')};`
}
