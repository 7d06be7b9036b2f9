import type { Paint } from './colour.ts'
import type { Output } from './output.ts'
import { formatValue, type Printer, valueText } from './printer.ts'

/** Text for people. `separator` stands between the lines of one record. */
export function textPrinter(out: Output, paint: Paint, separator: '\n' | '\\'): Printer {
  return {
    json: false,
    field(_name, value, format, options) {
      out.write(paint(formatValue(format, options?.as ?? valueText(value)), options?.colour))
    },
    item(value, format) {
      out.write(formatValue(format, valueText(value)))
    },
    text(text, colour) {
      out.write(paint(text, colour))
    },
    data() {},
    object(_name, body) {
      body()
    },
    array(_name, body, open = '', close = '') {
      out.write(open)
      body()
      out.write(close)
    },
    newLine() {
      out.write(separator)
    },
    endRecord() {
      out.write('\n')
    },
    records: (body) => body(),
  }
}
