import { type address as addresses, SCOPES } from '../../../rtnl/index.ts'
import { familyWord } from '../../grammar/index.ts'
import type { Colour } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { ADDRESS_FLAG_WORDS } from '../listing/address-flags.ts'
import { localOf } from '../listing/match.ts'

type Address = addresses.Address

const FOREVER = 0xffffffff

export interface AddressView {
  /** Whether the link's index and name stand before the address. */
  readonly named: boolean
}

/** An address, as `ip address` describes it. */
export function printAddress(address: Address, session: Session, { named }: AddressView): void {
  const { printer, options, names, hostText } = session
  const colour = familyColour(address.family)
  if (!options.brief) printHead(address, session, named)
  printPrefix(address, session, colour)
  if (options.brief) return
  for (const [word, name] of [
    ['brd', 'broadcast'],
    ['any', 'anycast'],
  ] as const) {
    const value = address[name]
    if (value === undefined) continue
    printer.text(`${word} `)
    printer.field(name, hostText(value), '% ', { colour })
  }
  printer.field('scope', names.scope.name(scopeNumber(address.scope)), 'scope % ')
  printAddressFlags(address, session)
  if (address.label !== undefined) printer.field('label', address.label, '%')
  printLifetimes(address, session)
  printer.endRecord()
}

export function familyColour(family: string | number): Colour | undefined {
  return family === 'inet' || family === 'inet6' ? family : undefined
}

export function scopeNumber(scope: Address['scope']): number {
  return typeof scope === 'number' ? scope : SCOPES[scope]
}

function printHead({ index, family }: Address, { printer, devices }: Session, named: boolean): void {
  if (named) {
    const device = devices.name(index)
    printer.text(`${index}: ${device}`)
    printer.data('index', index)
    printer.data('dev', device)
  }
  const word = familyWord(family)
  if (word !== '???') printer.field('family', word, '    % ')
  else printer.field('family_index', family, '    family % ')
}

function printPrefix(address: Address, { printer, hostText }: Session, colour: Colour | undefined): void {
  const local = localOf(address)
  if (local === '') return
  printer.field('local', hostText(local), '%', { colour })
  const [peer, length] = (address.address ?? local).split('/')
  if (peer !== local) {
    printer.text(' peer ')
    printer.field('address', hostText(peer ?? ''), '%', { colour })
  }
  printer.field('prefixlen', address.prefixLength ?? Number(length ?? 0), '/% ')
  if (address.metric !== undefined) printer.field('metric', address.metric, 'metric % ')
}

function printAddressFlags({ flags = [], family }: Address, { printer }: Session): void {
  const shown = new Set<string>()
  for (const { word, flag } of ADDRESS_FLAG_WORDS) {
    if (shown.has(flag)) continue
    shown.add(flag)
    if (flag === 'permanent') {
      if (!flags.includes(flag)) printer.field('dynamic', true, 'dynamic ')
    } else if (flags.includes(flag)) {
      const name = flag === 'secondary' && family === 'inet6' ? 'temporary' : word
      printer.field(name, true, `${name} `)
    }
  }
  const rest = flags.find((flag) => typeof flag === 'number')
  if (rest !== undefined) printer.field('ifa_flags', rest.toString(16).padStart(2, '0'), 'flags % ')
}

function printLifetimes({ cacheinfo, flags = [] }: Address, { printer }: Session): void {
  if (cacheinfo === undefined) return
  const { valid, preferred } = cacheinfo
  printer.newLine()
  printer.text('       valid_lft ')
  printer.field('valid_life_time', valid, '%', { as: valid === FOREVER ? 'forever' : `${valid}sec` })
  printer.text(' preferred_lft ')
  // What a deprecated address has left may be less than nothing.
  const left = preferred !== FOREVER && flags.includes('deprecated') ? preferred | 0 : preferred
  printer.field('preferred_life_time', left, '%', { as: preferred === FOREVER ? 'forever' : `${left}sec` })
}
