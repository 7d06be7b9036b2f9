import type { xtables } from '../../../netfilter/index.ts'
import type { Given, OptionDeclaration, Writable } from '../extension.ts'
import { type NatRange, type Parsed, parsePorts, parseTo } from './nat.ts'

type OldRange = ReturnType<(typeof xtables.targets.SNAT)[0]['at']>
type Flag = NatRange['flags'][number]

function add(info: Writable<{ readonly flags: NatRange['flags'] }>, flags: readonly Flag[]): void {
  info.flags = [...info.flags, ...flags]
}

/** A flag without a value. */
export function flagOption(flag: 'random' | 'random-fully' | 'persistent'): OptionDeclaration<OldRange & NatRange> {
  return {
    names: [flag],
    value: false,
    read: ({ info }) => add(info, [flag]),
  }
}

/** The older struct: what is given last counts whole. */
function putOld({ info }: Given<OldRange>, { flags, ...parsed }: Parsed, addresses: boolean): void {
  const { minAddress = '0.0.0.0', maxAddress = '0.0.0.0', minPort = 0, maxPort = 0 } = parsed
  Object.assign(info, { ...(addresses ? { minAddress, maxAddress } : {}), minPort, maxPort })
  add(info, flags)
}

/** `--to-ports` of MASQUERADE and REDIRECT. */
export const toPorts: OptionDeclaration<OldRange> = {
  names: ['to-ports'],
  read: (given) => putOld(given, parsePorts(given.value, given.rule), false),
}

/** `--to-source` of SNAT. */
export const toSource: OptionDeclaration<OldRange> = {
  names: ['to-source'],
  required: true,
  read: (given) => putOld(given, parseTo(given.value, given.rule), true),
}

/** `--to-destination` of DNAT. */
export const toDestination: OptionDeclaration<NatRange> = {
  names: ['to-destination'],
  required: true,
  read({ info, value, rule }) {
    const { flags, ...parsed } = parseTo(value, rule)
    Object.assign(info, parsed)
    add(info, flags)
  },
}
