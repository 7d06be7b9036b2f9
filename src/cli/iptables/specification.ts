import { isSame, type Network } from './address.ts'
import type { Extension } from './extension.ts'

/** An extension's struct, with the extension where it is one that is known. */
export interface Instance {
  readonly extension: Extension
  readonly info: Uint8Array
}

/** The name of an interface, or with `prefix` how it begins. */
export interface Interface {
  readonly name: string
  readonly prefix: boolean
}

/** The conditions that may be turned round by `!`. */
export type Inverted = 'source' | 'destination' | 'input' | 'output' | 'protocol' | 'fragment'

/** What becomes of a packet. */
export type Action =
  /** `ACCEPT`, `DROP` or `RETURN`. */
  | { readonly verdict: string }
  | { readonly target: Instance }
  | { readonly chain: string; readonly goto: boolean }
  | undefined

/** What iptables' words say of a rule. */
export interface Specification {
  readonly source: Network
  readonly destination: Network
  readonly input: Interface | undefined
  readonly output: Interface | undefined
  /** Zero is any. */
  readonly protocol: number
  readonly fragment: boolean
  readonly inverted: ReadonlySet<Inverted>
  readonly matches: readonly Instance[]
  readonly action: Action
  readonly packets: number | bigint
  readonly bytes: number | bigint
}

/** The name that stands after -j or -g; empty where there is nothing. */
export function actionName(action: Action): string {
  if (action === undefined) return ''
  return 'verdict' in action ? action.verdict : 'chain' in action ? action.chain : action.target.extension.name
}

/** Whether two rules say the same, as `-C` and `-D` have it. Their counters do not matter. */
export function isSameRule(a: Specification, b: Specification): boolean {
  return (
    isSameNetwork(a.source, b.source) &&
    isSameNetwork(a.destination, b.destination) &&
    a.protocol === b.protocol &&
    a.fragment === b.fragment &&
    isSameSet(a.inverted, b.inverted) &&
    isSameInterface(a.input, b.input) &&
    isSameInterface(a.output, b.output) &&
    a.matches.length === b.matches.length &&
    a.matches.every((match, i) => isSameInstance(match, b.matches[i]!)) &&
    isSameAction(a.action, b.action)
  )
}

function isSameNetwork(a: Network, b: Network): boolean {
  return isSame(a.address, b.address) && isSame(a.mask, b.mask)
}

function isSameSet(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item))
}

function isSameInterface(a: Interface | undefined, b: Interface | undefined): boolean {
  return a?.name === b?.name && a?.prefix === b?.prefix
}

function isSameInstance(a: Instance, b: Instance): boolean {
  const { name, compared } = a.extension
  return (
    name === b.extension.name &&
    a.info.length === b.info.length &&
    isSame(a.info.subarray(0, compared), b.info.subarray(0, compared))
  )
}

function isSameAction(a: Action, b: Action): boolean {
  if (a !== undefined && b !== undefined && 'target' in a && 'target' in b) return isSameInstance(a.target, b.target)
  const goes = (action: Action) => action !== undefined && 'chain' in action && action.goto
  const isTarget = (action: Action) => action !== undefined && 'target' in action
  return actionName(a) === actionName(b) && goes(a) === goes(b) && isTarget(a) === isTarget(b)
}
