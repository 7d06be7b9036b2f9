import { type DataType, ipv4, ipv6, numberOf, service } from './data-type.ts'
import type { Operand } from './operand.ts'
import { type Json, type Shown, shown } from './shown.ts'

const FLAGS: Readonly<Record<string, string>> = {
  'proto-random': 'random',
  'proto-random-fully': 'fully-random',
  persistent: 'persistent',
}

export interface NatParts {
  /** `ip` or `ip6`, where the table's family does not say it. */
  readonly family: string | undefined
  readonly address: readonly [Operand | undefined, Operand | undefined]
  readonly port: readonly [Operand | undefined, Operand | undefined]
  readonly flags: readonly (string | number)[]
}

/** `snat`, `dnat`, `masquerade` and `redirect`: where to, and how. */
export function natStatement(name: string, { family, address, port, flags }: NatParts, six: boolean): Shown {
  const addresses = part(address, six ? ipv6 : ipv4)
  const ports = part(port, service)
  const bracketed = six && ports !== undefined && addresses !== undefined ? `[${addresses.text}]` : addresses?.text
  const destination = `${bracketed ?? ''}${ports === undefined ? '' : `:${ports.text}`}`
  const words = flags.flatMap((flag) => FLAGS[flag] ?? [])
  const text = [
    name,
    ...(destination !== '' && family !== undefined && addresses !== undefined ? [family] : []),
    ...(destination === '' ? [] : ['to', destination]),
    ...(words.length === 0 ? [] : [words.join(',')]),
  ].join(' ')
  const json = {
    ...(family !== undefined && addresses !== undefined && { family }),
    ...(addresses !== undefined && { addr: addresses.json }),
    ...(ports !== undefined && { port: ports.json }),
    ...(words.length > 0 && { flags: words.length === 1 ? words[0]! : words }),
  } satisfies Json
  return shown(text, { [name]: Object.keys(json).length === 0 ? null : json })
}

/** One value, or a range of them. What is looked up in a map says itself. */
function part([low, high]: readonly [Operand | undefined, Operand | undefined], type: DataType): Shown | undefined {
  if (low === undefined) return undefined
  if (low.bytes === undefined) return low
  const size = type === service ? 2 : type === ipv6 ? 16 : 4
  const value = (bytes: Uint8Array) => type.show(bytes.subarray(0, size))
  const first = value(low.bytes)
  if (high?.bytes === undefined || numberOf(high.bytes, false) === numberOf(low.bytes, false)) return first
  const last = value(high.bytes)
  return shown(`${first.text}-${last.text}`, { range: [first.json, last.json] })
}
