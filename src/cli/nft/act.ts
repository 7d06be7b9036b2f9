import * as types from './data-type.ts'
import { extensionStatement } from './extension.ts'
import { natStatement } from './nat.ts'
import { operand } from './operand.ts'
import type { Data, Read, RuleReader } from './rule-reader.ts'
import { type Json, shown } from './shown.ts'
import { limitStatement, logStatement, quotaStatement, rejectStatement, verdictStatement } from './statement.ts'

const OBJECTS: Readonly<Record<number, string>> = { 1: 'counter', 2: 'quota', 3: 'ct helper', 4: 'limit' }

/** Expressions that do something. */
export const actions: Readonly<Record<string, Read>> = {
  immediate(rule, data) {
    const { value, verdict } = data.data as { value?: Uint8Array; verdict?: Data }
    if (verdict !== undefined) rule.say(verdictStatement(verdict))
    else if (value !== undefined) {
      rule.set(data.dreg, operand(types.integer.show(value), types.integer, value.length, { bytes: value }))
    }
  },

  counter(rule, { packets = 0, bytes = 0 }) {
    const json = { packets: Number(packets), bytes: Number(bytes) }
    rule.say(
      rule.context.stateless
        ? shown('counter', { counter: null })
        : shown(`counter packets ${packets} bytes ${bytes}`, { counter: json }),
    )
  },

  objref(rule, data) {
    const kind = OBJECTS[Number(data.type)]
    if (kind === undefined || data.name === undefined) rule.unknown('objref', data)
    else rule.say(shown(`${kind} name "${String(data.name)}"`, { [kind]: String(data.name) }))
  },

  nat(rule, data) {
    const six = data.family === 'ip6'
    const parts = {
      family: rule.inOneFamily ? undefined : six ? 'ip6' : 'ip',
      address: [rule.get(data.addressMin), rule.get(data.addressMax)] as const,
      port: [rule.get(data.portMin), rule.get(data.portMax)] as const,
      flags: (data.flags ?? []) as readonly string[],
    }
    if (parts.address[0] !== undefined) rule.imply(rule.network)
    rule.say(natStatement(String(data.type), parts, six))
  },

  masq: (rule, data) => toPorts(rule, 'masquerade', data),
  redir: (rule, data) => toPorts(rule, 'redirect', data),

  reject(rule, data) {
    rule.imply(data.type === 'tcp-reset' ? rule.transport : data.type === 'icmp' ? rule.network : undefined)
    rule.say(rejectStatement(data, rule.context))
  },

  log: (rule, data) => rule.say(logStatement(data)),
  limit: (rule, data) => rule.say(limitStatement(data)),
  quota: (rule, data) => rule.say(quotaStatement(data)),

  connlimit(rule, { count, flags }) {
    const over = (flags as readonly string[] | undefined)?.includes('invert')
    const json = { 'ct count': { val: Number(count), ...(over && { inv: true }) } }
    rule.say(shown(`ct count ${over ? 'over ' : ''}${count}`, json))
  },

  notrack: (rule) => rule.say(shown('notrack', { notrack: null })),

  dynset(rule, data) {
    const key = rule.get(data.sregKey)
    if (key === undefined || data.expression !== undefined || data.expressions !== undefined) {
      rule.unknown('dynset', data)
      return
    }
    const seconds = Number(data.timeout ?? 0) / 1000
    const element: Json = seconds === 0 ? key.json : { elem: { val: key.json, timeout: seconds } }
    const [op, set] = [String(data.operator), `@${String(data.setName)}`]
    const text = seconds === 0 ? key.text : `${key.text} timeout ${seconds}s`
    rule.say(shown(`${op} ${set} { ${text} }`, { set: { op, elem: element, set } }))
  },

  match: (rule, data) => rule.say(extensionStatement('match', data, rule)),
  target: (rule, data) => rule.say(extensionStatement('target', data, rule)),
}

function toPorts(rule: RuleReader, name: string, data: Data): void {
  const port = [rule.get(data.portMin), rule.get(data.portMax)] as const
  const flags = (data.flags ?? []) as readonly string[]
  rule.say(natStatement(name, { family: undefined, address: [undefined, undefined], port, flags }, false))
}
