import type { Output } from './output.ts'
import type { Printer, Value } from './printer.ts'

/**
 * JSON with iproute2's spacing: nothing between tokens, or with `pretty` an indentation of four, where arrays put their members
 * beside each other and objects below each other.
 */
export function jsonPrinter(out: Output, pretty: boolean): Printer {
  let depth = 0
  let following = false
  const lineBreak = () => {
    if (pretty) out.write(`\n${'    '.repeat(depth)}`)
  }
  const separate = () => {
    if (following) out.write(',')
    following = true
  }
  const put = (value: Value) => {
    separate()
    out.write(encode(value))
  }
  const name = (key: string) => {
    separate()
    lineBreak()
    following = false
    out.write(`${JSON.stringify(key)}:${pretty ? ' ' : ''}`)
  }
  const nested = <T>(open: string, close: string, body: () => T): T => {
    const array = open === '['
    separate()
    out.write(pretty && array ? '[ ' : open)
    depth++
    following = false
    try {
      return body()
    } finally {
      depth--
      if (following && array && pretty) out.write(' ')
      if (following && !array) lineBreak()
      out.write(close)
      following = true
    }
  }
  const field = (key: string, value: Value) => {
    name(key)
    put(value)
  }
  return {
    json: true,
    field,
    item: put,
    text() {},
    data: field,
    object(key, body) {
      if (key !== undefined) name(key)
      nested('{', '}', body)
    },
    array(key, body) {
      name(key)
      nested('[', ']', body)
    },
    newLine() {},
    endRecord() {},
    records(body) {
      try {
        return nested('[', ']', body)
      } finally {
        out.write('\n')
        following = false
      }
    },
  }
}

function encode(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'object' && value !== null) return value.literal
  return String(value)
}
