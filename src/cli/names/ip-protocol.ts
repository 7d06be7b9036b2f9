import { readFileSync } from 'node:fs'
import { cNumber, type Reader, wrong } from '../grammar/index.ts'

let table: readonly (readonly [number: number, names: readonly string[]])[] | undefined

/** protocols(5): a name, a number, other names. */
function protocols(): NonNullable<typeof table> {
  table ??= readFile()
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([, number]) => number !== undefined && /^\d+$/.test(number))
    .map(([name, number, ...aliases]) => [Number(number), [name!, ...aliases]] as const)
  return table
}

function readFile(): string {
  try {
    return readFileSync('/etc/protocols', 'latin1')
  } catch {
    return ''
  }
}

/** The name that /etc/protocols has for a number; undefined where it has none. */
export function protocolName(protocol: number): string | undefined {
  return protocols().find(([number]) => number === protocol)?.[1][0]
}

/** The number that /etc/protocols has for a name or alias; undefined where it has none. */
export function protocolNumber(name: string): number | undefined {
  return protocols().find(([, names]) => names.includes(name))?.[0]
}

/** The name of a protocol of IP, or `ipproto-N` where it has none or `numeric`. */
export function ipProtocolName(protocol: number, numeric: boolean): string {
  return (numeric ? undefined : protocolName(protocol)) ?? `ipproto-${protocol}`
}

/** A protocol of IP by its number or a name. */
export const ipProtocol: Reader<number> = {
  hint: 'PROTOCOL',
  read({ current }) {
    const number = cNumber(current, 0, 255, 10) ?? protocolNumber(current)
    if (number === undefined) throw wrong(current, 'Invalid "ipproto" value\n')
    return number
  },
}
