import { formatIpv4 } from '../../netlink/index.ts'
import { serviceName } from '../names/services.ts'
import { isZero, listedMask, type Network } from './address.ts'
import type { Command } from './command.ts'
import { assertListable } from './compatible.ts'
import type { Execution } from './execute.ts'
import { ownProtocolName, protocolName } from './protocol.ts'
import { recogniseWhole } from './recognise.ts'
import type { StoredChain, StoredRule } from './ruleset.ts'
import { actionName, type Interface, type Specification } from './specification.ts'

/** How rules are shown. `table` is in columns, as `-L` does; otherwise as `-v` shows what a command does. */
interface Format {
  readonly table: boolean
  readonly numeric: boolean
  readonly exact: boolean
  readonly verbose: boolean
  readonly lineNumbers: boolean
}

type Naming = Pick<Execution, 'host' | 'interfaceName' | 'warn'>

/** Does `-L`. */
export function listChains(command: Command, execution: Execution): void {
  const { table, write } = execution
  const { chain: name, number, numeric, exact, verbose, lineNumbers } = command
  const format = { table: true, numeric, exact, verbose, lineNumbers }
  table.pretend(name)
  assertListable(table, name, write)
  if (name === undefined) table.sort()
  const chains = name === undefined ? table.chains : [table.find(name)!]
  for (const [i, chain] of chains.entries()) {
    if (name === undefined || number === 0) write((i > 0 ? '\n' : '') + header(chain, format))
    for (const [at, stored] of chain.rules.entries()) {
      if (number === 0 || number === at + 1) write(listedRule(stored, at + 1, format, execution))
    }
  }
}

/** A rule as `-v` shows what a command does. */
export function printedRule(stored: StoredRule, naming: Naming): string {
  const format = { table: false, numeric: true, exact: true, verbose: true, lineNumbers: false }
  return listedRule(stored, 0, format, naming)
}

function header({ message, rules }: StoredChain, format: Format): string {
  const { name, policy, counters, use = 0, hook } = message
  const { verbose, exact, lineNumbers } = format
  const counted = (number: number | bigint) => amount(number, format).trimStart()
  const seen = `${counted(counters?.packets ?? 0)}packets, ${counted(counters?.bytes ?? 0)}bytes`
  const about =
    hook !== undefined && policy !== undefined
      ? ` (policy ${String(policy).toUpperCase()}${verbose ? ` ${seen}` : ''})`
      : ` (${use - rules.length} references)`
  const pads = exact ? [8, 10] : [5, 5]
  return [
    `Chain ${name}${about}\n`,
    lineNumbers ? 'num  ' : '',
    verbose ? `${'pkts'.padStart(pads[0]!)} ${'bytes'.padStart(pads[1]!)} ` : '',
    'target     prot opt',
    verbose ? ' in     out    ' : '',
    ' source               destination         \n',
  ].join('')
}

function listedRule(stored: StoredRule, number: number, format: Format, naming: Naming): string {
  const rule = recogniseWhole(stored, naming.interfaceName, naming.warn)
  return [
    details(rule, number, format),
    addresses(rule, format, naming),
    format.table ? '' : '  ',
    rule.action !== undefined && 'chain' in rule.action && rule.action.goto ? '[goto] ' : '',
    extensions(rule, format, naming),
    '\n',
  ].join('')
}

/** Everything before the addresses. */
function details(rule: Specification, number: number, { table, numeric, verbose, lineNumbers, exact }: Format): string {
  const { protocol, inverted, fragment, packets, bytes, action } = rule
  const pad = (text: string, width: number) => (table ? text.padEnd(width) : text)
  const name = !numeric ? protocolName(protocol) : table ? undefined : ownProtocolName(protocol)
  const from = inverted.has('fragment') ? '!' : '-'
  const counts = table && verbose ? amount(packets, { exact, table }) + amount(bytes, { exact, table }) : ''
  return [
    lineNumbers ? `${pad(String(number), 4)} ` : '',
    counts,
    `${pad(actionName(action), 9)} `,
    inverted.has('protocol') ? '!' : ' ',
    `${pad(name ?? String(protocol), 4)} `,
    table ? '' : 'opt ',
    `${from}${fragment ? 'f' : '-'} `,
    verbose ? interfaces(rule, numeric, table) : '',
  ].join('')
}

function interfaces({ input, output, inverted }: Specification, numeric: boolean, table: boolean): string {
  const shown = (which: 'input' | 'output', given: Interface | undefined) => {
    const name = given === undefined ? (numeric ? '*' : 'any') : `${given.name}${given.prefix ? '+' : ''}`
    return `${inverted.has(which) ? '!' : ''}${name}`
  }
  const [from, to] = [shown('input', input), shown('output', output)]
  return table ? ` ${from.padEnd(6)} ${to.padEnd(6)} ` : `in ${from} out ${to} `
}

function addresses(
  { source, destination, inverted }: Specification,
  { table, numeric }: Format,
  naming: Naming,
): string {
  const from = address(source, numeric, naming)
  const to = address(destination, numeric, naming)
  return [
    inverted.has('source') ? '!' : ' ',
    table ? `${from.padEnd(19)} ` : `${from} `,
    inverted.has('destination') ? '!' : ' ',
    table ? `${to.padEnd(19)} ` : `-> ${to}`,
  ].join('')
}

function address({ address, mask }: Network, numeric: boolean, { host }: Naming): string {
  if (isZero(mask) && !numeric) return 'anywhere'
  const text = formatIpv4(address, 0)
  return `${numeric ? text : host(text)}${listedMask(mask)}`
}

function extensions(rule: Specification, { numeric }: Format, { host }: Naming): string {
  const { protocol, inverted, matches, action } = rule
  const listing = {
    protocol,
    notProtocol: inverted.has('protocol'),
    numeric,
    host,
    port: (number: number, name: string) => serviceName(number, name) ?? String(number),
  }
  const target = action !== undefined && 'target' in action ? [action.target] : []
  return [...matches, ...target].map(({ extension, info }) => extension.list(info, listing)).join('')
}

/** A counter, shortened where it is not to be exact: thousands as K, and so on. */
function amount(number: number | bigint, { exact, table = true }: { exact: boolean; table?: boolean }): string {
  const pad = (text: string, width: number) => (table ? text.padStart(width) : text)
  if (exact) return `${pad(String(number), 8)} `
  if (number <= 99999) return `${pad(String(number), 5)} `
  let rest = BigInt(number)
  for (const unit of ['K', 'M', 'G']) {
    // iptables counts with 64 bits.
    rest = BigInt.asUintN(64, rest + 500n) / 1000n
    if (rest <= 9999n) return `${pad(String(rest), 4)}${unit} `
  }
  return `${pad(String((rest + 500n) / 1000n), 4)}T `
}
