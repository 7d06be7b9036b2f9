import { savedNetwork } from './address.ts'
import type { Command } from './command.ts'
import { assertListable } from './compatible.ts'
import type { Execution } from './execute.ts'
import { protocolName } from './protocol.ts'
import { recogniseWhole } from './recognise.ts'
import type { StoredChain, StoredRule } from './ruleset.ts'
import { actionName, type Interface, type Specification } from './specification.ts'

/** Does `-S`. */
export function saveChains(command: Command, execution: Execution): void {
  const { table, write } = execution
  const { chain: name, number, verbose } = command
  table.pretend(name)
  assertListable(table, name, write)
  if (name === undefined) table.sort()
  const chains = name === undefined ? table.chains : [table.find(name)!]
  const counters = verbose ? 'within' : 'none'
  if (name === undefined || number === 0) for (const chain of chains) write(declaration(chain, verbose))
  for (const chain of chains) {
    for (const [at, stored] of chain.rules.entries()) {
      if (number === 0 || number === at + 1) write(savedRule(chain.message.name, stored, counters, execution))
    }
  }
}

function declaration({ message, hook }: StoredChain, verbose: boolean): string {
  const { name, policy, counters } = message
  if (hook === undefined) return `-N ${name}\n`
  const counted = verbose ? ` -c ${counters?.packets ?? 0} ${counters?.bytes ?? 0}` : ''
  return `-P ${name} ${String(policy).toUpperCase()}${counted}\n`
}

/** A rule as a command line; its counters before it, within it or left out. */
export function savedRule(
  chain: string,
  stored: StoredRule,
  counters: 'before' | 'within' | 'none',
  { interfaceName, warn }: Pick<Execution, 'interfaceName' | 'warn'>,
): string {
  const rule = recogniseWhole(stored, interfaceName, warn)
  const { packets, bytes, inverted, source, destination, input, output, protocol, fragment } = rule
  const not = (condition: Parameters<typeof inverted.has>[0]) => (inverted.has(condition) ? ' !' : '')
  const network = (letter: string, which: 'source' | 'destination') => {
    const { address, mask } = which === 'source' ? source : destination
    const isAny = [...address, ...mask].every((byte) => byte === 0)
    return isAny && !inverted.has(which) ? '' : `${not(which)} -${letter} ${savedNetwork({ address, mask })}`
  }
  return [
    counters === 'before' ? `[${packets}:${bytes}] ` : '',
    `-A ${chain}`,
    network('s', 'source'),
    network('d', 'destination'),
    savedInterface('i', input, not('input')),
    savedInterface('o', output, not('output')),
    protocol === 0 ? '' : `${not('protocol')} -p ${protocolName(protocol) ?? protocol}`,
    fragment ? `${not('fragment')} -f` : '',
    extensions(rule, counters === 'within' ? ` -c ${packets} ${bytes}` : ''),
    '\n',
  ].join('')
}

function savedInterface(letter: string, given: Interface | undefined, not: string): string {
  if (given === undefined || (given.name === '' && given.prefix)) return ''
  return `${not} -${letter} ${given.name}${given.prefix ? '+' : ''}`
}

function extensions({ protocol, inverted, matches, action }: Specification, counters: string): string {
  const about = { protocol, notProtocol: inverted.has('protocol') }
  const saved = matches.map(({ extension, info }) => ` -m ${extension.savedAs(info)}${extension.save(info, about)}`)
  const name = actionName(action)
  const letter = action !== undefined && 'chain' in action && action.goto ? 'g' : 'j'
  const target =
    action !== undefined && 'target' in action ? action.target.extension.save(action.target.info, about) : ''
  return `${saved.join('')}${counters}${name === '' ? '' : ` -${letter} ${name}`}${target}`
}
