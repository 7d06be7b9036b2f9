import { ORIGINATORS, rule } from '../../../rtnl/index.ts'
import { ipProtocolName } from '../../names/ip-protocol.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { familyColour } from '../address/print.ts'
import { routeTypeText } from '../route/values.ts'

type Rule = rule.Rule

const NO_LIMIT = 0xffffffff
/** RTN_NAT, as an action that kernels no longer have. */
const NAT = 10

/** A rule, as `ip rule` describes it. */
export function printRule(item: Rule, session: Session): void {
  const { printer, names, options } = session
  printer.field('priority', item.priority ?? 0, '%:\t')
  if (item.flags.includes('invert')) printer.field('not', null, 'not ')
  printSelectors(item, session)
  printTable(item, session)
  if (item.flow !== undefined) printRealms(item.flow, session)
  printAction(item, session)
  if (item.protocol !== undefined) {
    const protocol = typeof item.protocol === 'number' ? item.protocol : ORIGINATORS[item.protocol]
    if ((protocol !== ORIGINATORS.unspec && protocol !== ORIGINATORS.kernel) || options.details > 0) {
      printer.field('protocol', names.protocol.name(protocol), ' proto %')
    }
  }
  printer.endRecord()
}

function printSelectors(item: Rule, { printer, names, options }: Session): void {
  printPrefix('src', 'from ', item.src, item.srcLength, item, printer)
  if (item.dst !== undefined || item.dstLength) printPrefix('dst', ' to ', item.dst, item.dstLength, item, printer)
  if (item.tos !== 0) printer.field('tos', names.dsfield.name(item.tos), ' tos %')
  printMark(item, printer)
  for (const [key, end] of [
    ['iif', 'iif-detached'],
    ['oif', 'oif-detached'],
  ] as const) {
    const name = item[key]
    if (name === undefined) continue
    printer.text(` ${key} `)
    printer.field(key, name, '%', { colour: 'ifname' })
    if (item.flags.includes(end)) printer.field(`${key}_detached`, null, ' [detached]')
  }
  if (item.l3mdev) printer.field('l3mdev', null, ' lookup [l3mdev-table]')
  if (item.uidRange !== undefined) {
    printer.field('uid_start', item.uidRange.start, ' uidrange %')
    printer.field('uid_end', item.uidRange.end, '-%')
  }
  if (item.ipProto !== undefined) {
    printer.field('ipproto', ipProtocolName(item.ipProto, options.numeric), ' ipproto %')
  }
  printPorts('sport', item.sportRange, printer)
  printPorts('dport', item.dportRange, printer)
  if (item.tunId !== undefined) printer.field('tun_id', item.tunId, ' tun_id %')
}

function printPrefix(
  name: 'src' | 'dst',
  word: string,
  prefix: string | undefined,
  bareLength: number | undefined,
  { family }: Rule,
  printer: Printer,
): void {
  if (prefix === undefined) {
    printer.field(name, bareLength ? '0' : 'all', `${word}%`)
    if (bareLength) printer.field(`${name}len`, bareLength, '/%')
    return
  }
  const [address = '', length] = prefix.split('/')
  printer.text(word)
  printer.field(name, address, '%', { colour: familyColour(family) })
  const whole = family === 'inet6' ? 128 : family === 'inet' ? 32 : 0
  if (Number(length ?? 0) !== whole) printer.field(`${name}len`, Number(length ?? 0), '/%')
}

const hex = (number: number) => (number === 0 ? '0' : `0x${number.toString(16)}`)

function printMark({ fwmark, fwmask }: Rule, printer: Printer): void {
  if (fwmark === undefined && fwmask === undefined) return
  const mark = fwmark ?? 0
  printer.field('fwmark', hex(mark), ' fwmark %')
  if (fwmask !== undefined && fwmask !== 0xffffffff) printer.field('fwmask', hex(fwmask), '/%')
}

function printPorts(name: 'sport' | 'dport', range: Rule['sportRange'], printer: Printer): void {
  if (range === undefined) return
  if (range.start === range.end) printer.field(name, range.start, ` ${name} %`)
  else {
    printer.field(`${name}_start`, range.start, ` ${name} %`)
    printer.field(`${name}_end`, range.end, '-%')
  }
}

/** The table that a rule looks up; 0 for none. */
export function tableOf({ table, headerTable }: Rule): number {
  return table ?? headerTable ?? 0
}

function printTable(item: Rule, { printer, names }: Session): void {
  const table = tableOf(item)
  if (table === 0) return
  printer.field('table', names.table.name(table), ' lookup %')
  const { suppressPrefixlen = NO_LIMIT, suppressIfgroup = NO_LIMIT } = item
  if (suppressPrefixlen !== NO_LIMIT) {
    printer.field('suppress_prefixlen', suppressPrefixlen | 0, ' suppress_prefixlength %')
  }
  if (suppressIfgroup !== NO_LIMIT) {
    printer.field('suppress_ifgroup', names.group.name(suppressIfgroup), ' suppress_ifgroup %')
  }
}

function printRealms(flow: number, { printer, names }: Session): void {
  const from = flow >>> 16
  if (from !== 0) printer.field('flow_from', names.realm.name(from), ' realms %/')
  else printer.text(' realms ')
  printer.field('flow_to', names.realm.name(flow & 0xffff), '%')
}

function printAction(item: Rule, { printer, options }: Session): void {
  const { action } = item
  if (action === NAT) printer.field('masquerade', null, ' masquerade')
  else if (action === 'goto') {
    printer.field('goto', item.goto ?? 'none', ' goto %')
    if (item.flags.includes('unresolved')) printer.field('unresolved', null, ' [unresolved]')
  } else if (action === 'nop') printer.field('nop', null, ' nop')
  else if (action !== 'to-tbl') {
    const number = typeof action === 'number' ? action : rule.RULE_ACTIONS[action]
    printer.field('action', routeTypeText(number, options.numeric), ' %')
  }
}
