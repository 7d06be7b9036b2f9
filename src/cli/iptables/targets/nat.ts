import { xtables } from '../../../netfilter/index.ts'
import { parseIpv4 } from '../../../netlink/index.ts'
import { servicePort } from '../../names/services.ts'
import type { About } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { leadingNumber } from '../number.ts'

const range2 = xtables.targets.DNAT[2]

/** Addresses and ports to choose from, as struct nf_nat_range2 has them; the older struct lacks `basePort`. */
export type NatRange = ReturnType<(typeof range2)['at']>
type Flag = 'addresses' | 'ports' | 'offset'

/** What `--to-source`, `--to-destination` or `--to-ports` says; the flags say which parts are given. */
export interface Parsed extends Partial<Omit<NatRange, 'flags'>> {
  readonly flags: readonly Flag[]
}

const WITH_PORTS: ReadonlySet<number> = new Set([6, 17, 132, 33, 1])

/** `80`, `80-90`, `80-90/8080` or the name of a service. */
export function parsePorts(text: string, { protocol }: About): Parsed {
  if (!WITH_PORTS.has(protocol)) {
    throw new IptablesError('Need TCP, UDP, SCTP or DCCP with port specification')
  }
  const first = leadingNumber(text, 0, 0xffff) ?? { value: named(text), rest: '' }
  const flags: Flag[] = ['ports']
  if (first.rest === '') return { flags, minPort: first.value, maxPort: first.value, basePort: 0 }
  if (first.rest.startsWith(':')) throw new IptablesError('Invalid port:port syntax - use dash')
  if (!first.rest.startsWith('-')) throw new IptablesError(`Garbage after port value: \`${first.rest}'`)
  const rest = first.rest.slice(1)
  const last = leadingNumber(rest, 0, 0xffff)
  if (last === undefined) throw new IptablesError(`Port \`${rest}' not valid`)
  if (last.value < first.value) throw new IptablesError(`Port range \`${rest}' funky`)
  const range = { minPort: first.value, maxPort: last.value }
  if (last.rest === '') return { flags, ...range, basePort: 0 }
  if (!last.rest.startsWith('/')) throw new IptablesError(`Garbage after port range: \`${last.rest}'`)
  const base = last.rest.slice(1)
  return { flags: [...flags, 'offset'], ...range, basePort: leadingNumber(base, 1, 0xffff)?.value ?? named(base) }
}

function named(text: string): number {
  const port = servicePort(text)
  if (port === undefined) throw new IptablesError(`Port \`${text}' not valid`)
  return port
}

/** `10.0.0.1`, `10.0.0.1-10.0.0.9`, either with `:80-90`, or `:80` alone. */
export function parseTo(text: string, rule: About): Parsed {
  if (text.includes('[')) throw new IptablesError('Invalid address format')
  // Two colons or more are not an address and a port, but an IPv6 address.
  const colon = text.split(':').length === 2 ? text.indexOf(':') : -1
  const ports = colon < 0 ? undefined : parsePorts(text.slice(colon + 1), rule)
  if (colon === 0 || colon === 2) return ports!
  const addresses = colon < 0 ? text : text.slice(0, colon)
  const dash = addresses.indexOf('-')
  const minAddress = address(dash < 0 ? addresses : addresses.slice(0, dash))
  const maxAddress = dash < 0 ? minAddress : address(addresses.slice(dash + 1))
  return { ...ports, flags: [...(ports?.flags ?? []), 'addresses'], minAddress, maxAddress }
}

function address(text: string): string {
  if (parseIpv4(text) === undefined) throw new IptablesError(`Bad IP address "${text}"`)
  return text
}

type Shown = Omit<NatRange, 'basePort'> & { readonly basePort?: number }

/** The range and its flags; `word` stands before the range, `prefix` before a flag. */
export function shownRange(range: Shown, word: string, prefix: string): string {
  const { flags, minAddress, maxAddress, minPort, maxPort, basePort = 0 } = range
  const isSingle = minAddress === maxAddress
  const addresses = flags.includes('addresses') ? `${minAddress}${isSingle ? '' : `-${maxAddress}`}` : ''
  const offset = flags.includes('offset') ? `/${basePort}` : ''
  const ports = flags.includes('ports') ? `:${minPort}${minPort === maxPort ? '' : `-${maxPort}`}${offset}` : ''
  // The targets that take ports alone have them without the colon.
  const shown = word.includes('ports') ? addresses + ports.slice(addresses === '' ? 1 : 0) : addresses + ports
  return [
    shown === '' ? '' : ` ${word}${shown}`,
    ...(['random', 'random-fully', 'persistent'] as const).map((flag) =>
      flags.includes(flag) ? ` ${prefix}${flag}` : '',
    ),
  ].join('')
}
