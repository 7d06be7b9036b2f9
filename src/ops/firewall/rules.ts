import { isIPv4 } from 'node:net'
import { InvalidValueError } from '../../libc/index.ts'
import type { Op } from '../op.ts'
import { type AddedRule, addRule, type RuleOptions } from './add-rule.ts'
import {
  accepted,
  type ConnectionState,
  checkPort,
  counted,
  dropped,
  inState,
  masqueraded,
  notInState,
  type Protocol,
  protocolNumber,
  redirected,
  type Selector,
  selecting,
  toThisHost,
  translated,
} from './expressions.ts'

export interface MasqueradeSettings extends RuleOptions {
  /** The prefix that is hidden, `10.0.0.0/24`; whatever leaves, unless told. */
  readonly source?: string
  /** The name of the link that packets leave by. */
  readonly out?: string
  /** The name of the link that they do not leave by. */
  readonly notOut?: string
  /** Only connections that were opened to another address and led to this one, as published ports do. */
  readonly redirected?: boolean
}

/**
 * Hides a network behind the host: what leaves gets the address of the link that it leaves by, and the answers find back
 * (`iptables -t nat -A POSTROUTING … -j MASQUERADE`). Undone, the rule is deleted, and the chain and the table that it needed.
 * @throws InvalidValueError for what is no prefix or no name
 */
export function masquerade(settings: MasqueradeSettings): Op<AddedRule> {
  const { source, out, notOut, redirected: led = false, ...options } = settings
  const what = `${source ?? 'everything'}${out === undefined ? '' : ` by ${out}`}${notOut === undefined ? '' : ` but not by ${notOut}`}`
  const expressions = [...selecting({ source, out, notOut }), ...(led ? [translated()] : []), counted, masqueraded()]
  return addRule(`masquerade ${what}`, 'POSTROUTING', expressions, 0, options)
}

/** What comes from there could be answered by nobody else, unless it is masqueraded. */
const LOOPBACK = '127.0.0.0/8'

export interface PublishPortSettings extends RuleOptions {
  /** The port of this host. */
  readonly port: number
  /** Where connections to it are passed on: `10.0.0.2:80`. */
  readonly to: string
  /** `tcp` unless told. */
  readonly protocol?: Protocol
  /** Of connections that this host itself opens, to an address of its own, instead of those that reach it. */
  readonly local?: boolean
  /**
   * Of those that this host opens, also to 127.0.0.0/8, where no `address` is given. They arrive only where the link to `to` has `route_localnet` and
   * what leaves by it is masqueraded.
   */
  readonly loopback?: boolean
  /** Only what is for an address of this host; what it passes on may be for the same port of others. */
  readonly toSelf?: boolean
  /** The address of this host; any unless told. */
  readonly address?: string
}

/**
 * Passes on what comes for a port of this host (`iptables -t nat -A PREROUTING … -j DNAT`). Undone, the rule is deleted, and the chain and the
 * table that it needed.
 * @throws InvalidValueError for what is no port or no address with a port
 */
export function publishPort(settings: PublishPortSettings): Op<AddedRule> {
  const { port, to, protocol = 'tcp', local = false, loopback = false, toSelf = local, address, ...options } = settings
  const [host = '', toPort = ''] = to.split(':')
  if (!isIPv4(host)) throw new InvalidValueError(`no IPv4 address with a port: ${JSON.stringify(to)}`)
  checkPort(Number(toPort))
  const notDestination = local && !loopback && address === undefined ? LOOPBACK : undefined
  const selected = selecting({ protocol, destination: address, notDestination, port })
  const own = toSelf ? [toThisHost()] : []
  const expressions = [...selected, ...own, counted, redirected(host, Number(toPort))]
  const chain = local ? 'OUTPUT' : 'PREROUTING'
  return addRule(`publish ${to} as port ${port}`, chain, expressions, protocolNumber(protocol), options)
}

export interface AllowForwardSettings extends RuleOptions, Omit<Selector, 'notOut' | 'notDestination'> {
  /** Only of connections in one of these states. */
  readonly states?: readonly ConnectionState[]
}

/**
 * Lets packets through that the host passes on (`iptables -A FORWARD … -j ACCEPT`), which matters where the chain's policy, or a later rule of
 * it, drops them. Undone, the rule is deleted, and the chain and the table that it needed.
 * @throws InvalidValueError for what is no prefix, port or name
 */
export function allowForward({ netns, first, owner, states, ...selector }: AllowForwardSettings): Op<AddedRule> {
  const { in: from = 'anywhere', out = 'anywhere', destination, port, protocol } = selector
  const to = `${destination === undefined ? '' : ` for ${destination}`}${port === undefined ? '' : ` port ${port}`}`
  const state = states === undefined ? [] : [inState(states)]
  const expressions = [...selecting(selector), ...state, counted, accepted]
  return addRule(`allow forwarding from ${from} to ${out}${to}`, 'FORWARD', expressions, protocolNumber(protocol), {
    netns,
    first,
    owner,
  })
}

export interface DropInputSettings extends RuleOptions, Omit<Selector, 'out' | 'notOut' | 'notDestination'> {
  /** But not of connections in one of these states. */
  readonly notStates?: readonly ConnectionState[]
}

/**
 * Drops packets that are for this host itself (`iptables -A INPUT … -j DROP`). Undone, the rule is deleted, and the chain and the table that it
 * needed.
 * @throws InvalidValueError for what is no prefix, port or name
 */
export function dropInput({ netns, first, owner, notStates, ...selector }: DropInputSettings): Op<AddedRule> {
  const { in: from = 'anywhere', destination = 'this host', protocol } = selector
  const state = notStates === undefined ? [] : [notInState(notStates)]
  const expressions = [...selecting(selector), ...state, counted, dropped]
  return addRule(`drop what comes from ${from} for ${destination}`, 'INPUT', expressions, protocolNumber(protocol), {
    netns,
    first,
    owner,
  })
}
