import type { Data, RuleContext } from './rule-reader.ts'
import { type Json, type Shown, shown } from './shown.ts'

export function verdictStatement({ code, chain }: Data): Shown {
  if (chain === undefined) return shown(String(code), { [String(code)]: null })
  return shown(`${String(code)} ${String(chain)}`, { [String(code)]: { target: String(chain) } })
}

const ICMP_CODES: Readonly<Record<number, string>> = {
  0: 'net-unreachable',
  1: 'host-unreachable',
  2: 'prot-unreachable',
  3: 'port-unreachable',
  9: 'net-prohibited',
  10: 'host-prohibited',
  13: 'admin-prohibited',
}
const ICMPV6_CODES: Readonly<Record<number, string>> = {
  0: 'no-route',
  1: 'admin-prohibited',
  3: 'addr-unreachable',
  4: 'port-unreachable',
  5: 'policy-fail',
  6: 'reject-route',
}
const ICMPX_CODES: Readonly<Record<number, string>> = {
  0: 'no-route',
  1: 'port-unreachable',
  2: 'host-unreachable',
  3: 'admin-prohibited',
}

/** That a port is unreachable is what nft says of its own accord. */
export function rejectStatement({ type, icmpCode }: Data, { family, numeric }: RuleContext): Shown {
  if (type === 'tcp-reset') return shown('reject with tcp reset', { reject: { type: 'tcp reset' } })
  const [name, codes] =
    type === 'icmpx'
      ? (['icmpx', ICMPX_CODES] as const)
      : family === 'ip6'
        ? (['icmpv6', ICMPV6_CODES] as const)
        : (['icmp', ICMP_CODES] as const)
  const code = codes[Number(icmpCode)] ?? String(icmpCode)
  const word = numeric === 'all' ? Number(icmpCode) : code
  const json = { reject: { type: name, expr: word } }
  return shown(
    code === 'port-unreachable' && (name !== 'icmp' || family === 'ip') ? 'reject' : `reject with ${name} ${word}`,
    json,
  )
}

const LOG_FLAGS: Readonly<Record<string, string>> = {
  'tcp-sequence': 'tcp sequence',
  'tcp-options': 'tcp options',
  'ip-options': 'ip options',
  skuid: 'skuid',
  ether: 'ether',
}

export function logStatement(data: Data): Shown {
  const words = ['log']
  const json: Record<string, Json> = {}
  const add = (name: string, text: string, value: Json) => {
    words.push(text)
    json[name] = value
  }
  if (data.prefix !== undefined) add('prefix', `prefix "${String(data.prefix)}"`, String(data.prefix))
  if (data.group !== undefined) add('group', `group ${data.group}`, Number(data.group))
  if (data.snaplen !== undefined && data.snaplen !== 0) add('snaplen', `snaplen ${data.snaplen}`, Number(data.snaplen))
  if (data.queueThreshold !== undefined && data.queueThreshold !== 0) {
    add('queue-threshold', `queue-threshold ${data.queueThreshold}`, Number(data.queueThreshold))
  }
  if (data.level !== undefined && data.level !== 'warn') add('level', `level ${String(data.level)}`, String(data.level))
  const flags = ((data.flags ?? []) as readonly string[]).flatMap((flag) => LOG_FLAGS[flag] ?? [])
  const flagsText = flags.join(',').replace('tcp sequence,tcp options', 'tcp sequence,options')
  if (flags.length > 0) add('flags', `flags ${flagsText}`, flags.length === 1 ? flags[0]! : flags)
  return shown(words.join(' '), { log: Object.keys(json).length === 0 ? null : json })
}

const UNITS: Readonly<Record<number, string>> = {
  1: 'second',
  60: 'minute',
  3600: 'hour',
  86400: 'day',
  604800: 'week',
}
const SIZES = ['bytes', 'kbytes', 'mbytes'] as const

/** A size in the largest unit that it is a whole number of. */
function sized(bytes: number): readonly [number, string] {
  let [value, unit] = [bytes, 0]
  while (value !== 0 && value % 1024 === 0 && unit < SIZES.length - 1) {
    value /= 1024
    unit++
  }
  return [value, SIZES[unit]!]
}

export function limitStatement({ rate, unit, burst, type, flags }: Data): Shown {
  const over = (flags as readonly string[] | undefined)?.includes('invert')
  const per = UNITS[Number(unit)] ?? `${unit}`
  const start = `limit rate ${over ? 'over ' : ''}`
  if (type === 'bytes') {
    const [value, rateUnit] = sized(Number(rate))
    const [most, burstUnit] = sized(Number(burst))
    const json = {
      rate: value,
      burst: most,
      per,
      ...(over && { inv: true }),
      rate_unit: rateUnit,
      burst_unit: burstUnit,
    }
    const tail = most === 0 ? '' : ` burst ${most} ${burstUnit}`
    return shown(`${start}${value} ${rateUnit}/${per}${tail}`, { limit: json })
  }
  // Five is what nft takes of its own accord.
  const tail = Number(burst) === 5 || Number(burst) === 0 ? '' : ` burst ${burst} packets`
  const json = { rate: Number(rate), burst: Number(burst), per, ...(over && { inv: true }) }
  return shown(`${start}${rate}/${per}${tail}`, { limit: json })
}

export function quotaStatement({ bytes, flags, consumed }: Data): Shown {
  const over = (flags as readonly string[] | undefined)?.includes('invert')
  const [value, unit] = sized(Number(bytes))
  const [used, usedUnit] = sized(Number(consumed ?? 0))
  const tail = used === 0 ? '' : ` used ${used} ${usedUnit}`
  const json = {
    val: value,
    val_unit: unit,
    ...(used !== 0 && { used, used_unit: usedUnit }),
    ...(over && { inv: true }),
  }
  return shown(`quota ${over ? 'over ' : ''}${value} ${unit}${tail}`, { quota: json })
}
