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

/** As C's scanf reads `%u-%u`: what follows the second number is passed over. */
export const userRange: Reader<Range> = {
  hint: 'NUMBER-NUMBER',
  read({ current }) {
    const match = /^\s*([+-]?\d+)-\s*([+-]?\d+)/.exec(current)
    if (match === null) throw wrong(current, 'invalid UID range\n')
    return { start: Number(match[1]) >>> 0, end: Number(match[2]) >>> 0 }
  },
}

/** One port, or a range of them; `why` is the error's reason. */
export function ports(why: string): Reader<Range> {
  return {
    hint: '[ NUMBER | NUMBER-NUMBER ]',
    read({ current }) {
      const match = /^\s*([+-]?\d+)(?:-\s*([+-]?\d+))?/.exec(current)
      if (match === null) throw wrong(current, why)
      const start = Number(match[1]) & 0xffff
      return { start, end: match[2] === undefined ? start : Number(match[2]) & 0xffff }
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
