import type { DataType, Lookup } from './data-type.ts'
import * as types from './data-type.ts'
import { type Field, fieldAt, fieldsIn } from './field.ts'
import { type Operand, operand } from './operand.ts'
import type { Data, Read, RuleReader } from './rule-reader.ts'
import { type Shown, shown } from './shown.ts'

const META: Readonly<Record<string, { type(lookup: Lookup): DataType; length: number }>> = {
  mark: { type: () => types.mark, length: 4 },
  iif: { type: types.linkIndex, length: 4 },
  oif: { type: types.linkIndex, length: 4 },
  iifname: { type: () => types.ifname, length: 16 },
  oifname: { type: () => types.ifname, length: 16 },
  nfproto: { type: () => types.nfProtocol, length: 1 },
  l4proto: { type: () => types.protocol, length: 1 },
  protocol: { type: () => types.etherType, length: 2 },
  pkttype: { type: () => types.packetType, length: 1 },
}
/** Those that nft writes without `meta`. */
const BARE: readonly string[] = ['iif', 'oif', 'iifname', 'oifname', 'iiftype', 'oiftype', 'iifgroup', 'oifgroup']

const CT: Readonly<Record<string, DataType>> = {
  state: types.ctState,
  status: types.ctStatus,
  direction: types.ctDirection,
  mark: types.mark,
  protocol: types.protocol,
  l3proto: types.nfProtocol,
  'proto-src': types.service,
  'proto-dst': types.service,
}

const BASES: Readonly<Record<string, string>> = { link: 'll', network: 'nh', transport: 'th' }

/** Expressions that load a register, or set what they could load. */
export const loads: Readonly<Record<string, Read>> = {
  meta(rule, data) {
    const key = String(data.key)
    const { type = () => types.hostInteger, length = 4 } = META[key] ?? {}
    const what = shown(BARE.includes(key) ? key : `meta ${key}`, { meta: { key } })
    put(rule, data, what, type(rule.context), length)
  },

  ct(rule, data) {
    const key = String(data.key)
    const direction = data.direction === undefined ? undefined : String(data.direction)
    const address = addressKey(key, rule.context.family)
    const json = { key: address?.json ?? key, ...(direction !== undefined && { dir: direction }) }
    const words = ['ct', ...(direction === undefined ? [] : [direction]), address?.text ?? key]
    put(
      rule,
      data,
      shown(words.join(' '), { ct: json }),
      address?.type ?? CT[key] ?? types.hostInteger,
      address?.length ?? 4,
    )
  },

  numgen(rule, data) {
    const [mode, mod, offset] = [
      data.type === 'random' ? 'random' : 'inc',
      Number(data.modulus),
      Number(data.offset ?? 0),
    ]
    const text = `numgen ${mode} mod ${mod}${offset === 0 ? '' : ` offset ${offset}`}`
    put(rule, data, shown(text, { numgen: { mode, mod, offset } }), types.hostInteger, 4)
  },

  fib(rule, data) {
    const flags = (data.flags as readonly string[]).filter((flag) => flag !== 'present')
    const result = String(data.result)
    const type = result === 'type' ? types.fibType : result === 'oif' ? types.linkIndex(rule.context) : types.ifname
    put(rule, data, shown(`fib ${flags.join(' . ')} ${result}`, { fib: { result, flags } }), type, 4)
  },

  rt(rule, data) {
    const key = String(data.key)
    put(rule, data, shown(`rt ${key}`, { rt: { key } }), types.hostInteger, 4)
  },

  payload(rule, data) {
    const [at, size, base] = [8 * Number(data.offset), 8 * Number(data.length), String(data.base)]
    const header = headerOf(rule, base)
    const field = header === undefined ? undefined : fieldAt(header, at, size)
    const raw = { base: BASES[base] ?? base, offset: at, len: size }
    const what = field === undefined ? shown(`@${raw.base},${at},${size}`, { payload: raw }) : shownField(field)
    const fields = field === undefined && header !== undefined ? fieldsIn(header, at, size) : []
    const type = field?.type ?? types.integer
    if (data.sreg !== undefined) mangle(rule, what, type, data.sreg)
    else {
      const place = header === undefined ? undefined : { header, at }
      rule.set(
        data.dreg,
        operand(what, type, size / 8, { whole: field?.size ?? size, place, fields: fields.map(wholeField) }),
      )
    }
  },
}

const shownField = ({ protocol, name }: Field) => shown(`${protocol} ${name}`, { payload: { protocol, field: name } })

function wholeField(field: Field): Operand {
  return operand(shownField(field), field.type, field.size / 8)
}

/** `src` and `dst` are of the table's family, the others say theirs. */
function addressKey(key: string, family: string) {
  const [, end, of] = /^(src|dst)(-ip6?)?$/.exec(key) ?? []
  if (end === undefined) return undefined
  const six = of === undefined ? family === 'ip6' : of === '-ip6'
  const name = end === 'src' ? 'saddr' : 'daddr'
  const text = `${six ? 'ip6' : 'ip'} ${name}`
  return { text, json: of === undefined ? name : text, type: six ? types.ipv6 : types.ipv4, length: six ? 16 : 4 }
}

/** The header that is asked about. That the packet has it goes without saying then. */
function headerOf(rule: RuleReader, base: string): string | undefined {
  if (base === 'link') {
    rule.imply(rule.link)
    return 'ether'
  }
  if (base !== 'network' && base !== 'transport') return undefined
  rule.imply(rule.network)
  if (base === 'network') return rule.network?.name
  rule.imply(rule.transport)
  return rule.transport?.name ?? 'th'
}

function put(rule: RuleReader, data: Data, what: Shown, type: DataType, length: number): void {
  if (data.sreg !== undefined) mangle(rule, what, type, data.sreg)
  else rule.set(data.dreg, operand(what, type, length))
}

function mangle(rule: RuleReader, what: Shown, type: DataType, register: unknown): void {
  const source = rule.get(register)
  const value = source?.bytes === undefined ? (source ?? shown('?')) : type.show(source.bytes)
  rule.say(shown(`${what.text} set ${value.text}`, { mangle: { key: what.json, value: value.json } }))
}
