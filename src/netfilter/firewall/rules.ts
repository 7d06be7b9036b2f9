import { asObject, EncodeError, parseIp, within } from '../../netlink/index.ts'
import { type ExpressionInput, ICMPX_CODES, type LOG_LEVELS, type NAT_FLAGS } from '../nftables/expression/index.ts'
import type { ChainName, FilterChain } from './chains.ts'
import { type Conditions, conditionsOf, type IpFamily, ofFamily, type Ports, portBytes } from './conditions.ts'

/** A rule as a value: nothing is done by making it. See `install`. */
export interface FirewallRule {
  readonly chain: ChainName
  readonly expressions: readonly ExpressionInput[]
  readonly comment?: string | undefined
}

export interface RuleSettings extends Conditions {
  /** Kept with the rule, and shown by nft. Up to 127 bytes. */
  readonly comment?: string | undefined
}

export interface FilterSettings extends RuleSettings {
  /** What is it about: packets that the host passes on (`forward`, unless told), that come to it, or that it sends. */
  readonly at?: FilterChain | undefined
}

/** How ports and addresses are chosen where there are several. */
interface Choice {
  readonly random?: boolean | undefined
  /** The same client gets the same one. */
  readonly persistent?: boolean | undefined
}

export interface MasqueradeSettings extends RuleSettings, Choice {
  /** The ports that are used as source; any unless told. Wants a `protocol`. */
  readonly toPorts?: Ports | undefined
}

/** Gives what leaves the address of the link that it leaves by; answers find back. */
export function masquerade(settings: MasqueradeSettings = {}): FirewallRule {
  const { toPorts, random, persistent, comment, ...conditions } = asObject(settings)
  const { expressions } = conditionsOf(conditions)
  const ports = portRegisters('toPorts', toPorts, conditions)
  const flags = natFlags({ random, persistent }, toPorts)
  return rule('postrouting', comment, [
    ...expressions,
    counter,
    ...ports.load,
    { name: 'masq', data: { flags, portMin: ports.min, portMax: ports.max } },
  ])
}

export interface SnatSettings extends RuleSettings, Choice {
  /** The source's new address. */
  readonly to: string
  readonly toPorts?: Ports | undefined
}

/** Gives what leaves another source address; answers find back. */
export function snat(settings: SnatSettings): FirewallRule {
  const { to, toPorts, random, persistent, comment, ...conditions } = asObject(settings)
  const nat = translation('snat', to, toPorts, { random, persistent }, conditions)
  return rule('postrouting', comment, nat)
}

export interface DnatSettings extends RuleSettings, Choice {
  /** Where it goes instead: an address. */
  readonly to: string
  /** The port there; the same unless told. Wants a `protocol`. */
  readonly toPort?: Ports | undefined
  /** Of what this host itself sends, rather than of what arrives. */
  readonly local?: boolean | undefined
}

/** Sends what arrives elsewhere: a published port. */
export function dnat(settings: DnatSettings): FirewallRule {
  const { to, toPort, local, random, persistent, comment, ...conditions } = asObject(settings)
  const nat = translation('dnat', to, toPort, { random, persistent }, conditions)
  return rule(local ? 'redirecting' : 'prerouting', comment, nat)
}

export interface RedirectSettings extends RuleSettings, Choice {
  /** The port of this host; the same unless told. Wants a `protocol`. */
  readonly toPort?: Ports | undefined
  readonly local?: boolean | undefined
}

/** Sends what arrives to this host itself. */
export function redirect(settings: RedirectSettings = {}): FirewallRule {
  const { toPort, local, random, persistent, comment, ...conditions } = asObject(settings)
  const { expressions } = conditionsOf(conditions)
  const ports = portRegisters('toPort', toPort, conditions)
  const flags = natFlags({ random, persistent }, toPort)
  return rule(local ? 'redirecting' : 'prerouting', comment, [
    ...expressions,
    counter,
    ...ports.load,
    { name: 'redir', data: { portMin: ports.min, portMax: ports.max, flags } },
  ])
}

/**
 * Lets packets through this table. Other tables' chains of the same place are asked all the same: what iptables drops stays dropped.
 */
export function accept(settings: FilterSettings = {}): FirewallRule {
  return filter(settings, { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'accept' } } } })
}

/** Lets packets go nowhere. */
export function drop(settings: FilterSettings = {}): FirewallRule {
  return filter(settings, { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'drop' } } } })
}

/** Drops packets and tells their sender so by ICMP, or with `tcp-reset` as if nobody listened. */
export function reject(
  given: FilterSettings & { readonly with?: keyof typeof ICMPX_CODES | 'tcp-reset' } = {},
): FirewallRule {
  const { with: how = 'port-unreachable', ...settings } = asObject(given)
  if (how === 'tcp-reset' && settings.protocol !== 'tcp')
    throw new EncodeError('tcp-reset wants protocol tcp').within('with')
  if (how !== 'tcp-reset' && !Object.hasOwn(ICMPX_CODES, how)) {
    throw new EncodeError(
      `expected tcp-reset, ${Object.keys(ICMPX_CODES).join(', ')}, got ${JSON.stringify(how)}`,
    ).within('with')
  }
  const data =
    how === 'tcp-reset'
      ? ({ type: 'tcp-reset', icmpCode: 0 } as const)
      : ({ type: 'icmpx', icmpCode: ICMPX_CODES[how] } as const)
  return filter(settings, { name: 'reject', data })
}

/** Says in the kernel's log that packets came by, and goes on. */
export function log(
  given: FilterSettings & { readonly prefix?: string; readonly level?: keyof typeof LOG_LEVELS } = {},
): FirewallRule {
  const { prefix, level, ...settings } = asObject(given)
  return filter(settings, { name: 'log', data: { prefix, level } })
}

const counter: ExpressionInput = { name: 'counter', data: {} }

function filter(settings: FilterSettings, last: ExpressionInput): FirewallRule {
  const { at = 'forward', comment, ...conditions } = asObject(settings)
  return rule(at, comment, [...conditionsOf(conditions).expressions, counter, last])
}

function rule(chain: ChainName, comment: string | undefined, expressions: readonly ExpressionInput[]): FirewallRule {
  return comment === undefined ? { chain, expressions } : { chain, expressions, comment }
}

const ADDRESS_REGISTER = 1
const MIN_PORT_REGISTER = 2
const MAX_PORT_REGISTER = 3

function translation(
  type: 'snat' | 'dnat',
  to: string,
  ports: Ports | undefined,
  choice: Choice,
  conditions: Conditions,
): ExpressionInput[] {
  const address = parseIp(String(to))
  if (address === undefined) throw new EncodeError(`expected an IP address, got ${JSON.stringify(to)}`).within('to')
  const family: IpFamily = address.length === 4 ? 'ip' : 'ip6'
  const { expressions, family: bound = family } = conditionsOf(conditions)
  if (bound !== family) throw new EncodeError(`expected an address of the conditions' family, got ${to}`).within('to')
  const registers = portRegisters(type === 'dnat' ? 'toPort' : 'toPorts', ports, conditions)
  const flags = natFlags(choice, ports)
  return [
    // Without a condition on an address nothing else keeps packets of the other family out.
    ...(expressions.some(isFamily) ? [] : ofFamily(family)),
    ...expressions,
    counter,
    { name: 'immediate', data: { dreg: ADDRESS_REGISTER, data: { value: address } } },
    ...registers.load,
    {
      name: 'nat',
      data: { type, family, addressMin: ADDRESS_REGISTER, portMin: registers.min, portMax: registers.max, flags },
    },
  ]
}

function isFamily({ name, data }: ExpressionInput): boolean {
  return name === 'meta' && (data as { key?: unknown } | undefined)?.key === 'nfproto'
}

function portRegisters(field: string, ports: Ports | undefined, { protocol }: Conditions) {
  if (ports === undefined) return { load: [], min: undefined, max: undefined }
  if (protocol === undefined) throw new EncodeError(`${field} wants a protocol that has ports`).within('protocol')
  const put = (dreg: number, port: number): ExpressionInput => ({
    name: 'immediate',
    data: { dreg, data: { value: portBytes(port) } },
  })
  return within(field, () =>
    typeof ports === 'number'
      ? { load: [put(MIN_PORT_REGISTER, ports)], min: MIN_PORT_REGISTER, max: undefined }
      : {
          load: [put(MIN_PORT_REGISTER, ports.from), put(MAX_PORT_REGISTER, ports.to)],
          min: MIN_PORT_REGISTER,
          max: MAX_PORT_REGISTER,
        },
  )
}

function natFlags({ random, persistent }: Choice, ports: Ports | undefined): (keyof typeof NAT_FLAGS)[] | undefined {
  const flags: (keyof typeof NAT_FLAGS)[] = []
  if (ports !== undefined) flags.push('proto-specified')
  if (random) flags.push('proto-random')
  if (persistent) flags.push('persistent')
  return flags.length === 0 ? undefined : flags
}
