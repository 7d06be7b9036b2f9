import { cNumber, isDeviceName, type Reader, wrong } from '../../grammar/index.ts'

/** A firewall's mark, and which bits of it count. */
export interface Mark {
  readonly mark: number
  readonly mask?: number
}

/** Both ends included. */
export interface Range {
  readonly start: number
  readonly end: number
}

export const firewallMark: Reader<Mark> = {
  hint: 'FWMARK[/MASK]',
  read({ current }) {
    const slash = current.indexOf('/')
    const number = (text: string, name: string) => {
      const value = cNumber(text, 0, 0xffffffff)
      if (value === undefined) throw wrong(text, `${name} value is invalid\n`)
      return value
    }
    if (slash < 0) return { mark: number(current, 'fwmark') }
    const mark = number(current.slice(0, slash), 'fwmark')
    return { mark, mask: number(current.slice(slash + 1), 'fwmask') }
  },
}

const ULONG_MAX = 2n ** 64n - 1n

/** The lowest bits of a number as C's scanf reads it, which makes the greatest number of one that is too great. */
function unsigned(text: string, bits: number): number {
  const value = BigInt(text.replace('+', ''))
  return Number(BigInt.asUintN(bits, value > ULONG_MAX || value < -ULONG_MAX ? ULONG_MAX : value))
}

/** As C's scanf reads `%u-%u`: what follows the second number is passed over. */
export const userRange: Reader<Range> = {
  hint: 'NUMBER-NUMBER',
  read({ current }) {
    const match = /^\s*([+-]?\d+)-\s*([+-]?\d+)/.exec(current)
    if (match === null) throw wrong(current, 'invalid UID range\n')
    return { start: unsigned(match[1]!, 32), end: unsigned(match[2]!, 32) }
  },
}

/** One port, or a range of them; `why` is the error's reason. */
export function ports(why: string): Reader<Range> {
  return {
    hint: '[ NUMBER | NUMBER-NUMBER ]',
    read({ current }) {
      const match = /^\s*([+-]?\d+)(?:-\s*([+-]?\d+))?/.exec(current)
      if (match === null) throw wrong(current, why)
      const start = unsigned(match[1]!, 16)
      return { start, end: match[2] === undefined ? start : unsigned(match[2], 16) }
    },
  }
}

/** The name of a link that need not be there; `why` is the error's reason. */
export function deviceName(why: string): Reader<string> {
  return {
    hint: 'STRING',
    read({ current }) {
      if (!isDeviceName(current)) throw wrong(current, why)
      return current
    },
  }
}
