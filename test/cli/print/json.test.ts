import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectOutput, jsonPrinter, type Printer, type Value } from '../../../src/cli/print/index.ts'

function print(pretty: boolean, body: (printer: Printer) => void): string {
  const out = collectOutput()
  const printer = jsonPrinter(out, pretty)
  printer.records(() => body(printer))
  return out.text
}

const sample = (printer: Printer) => {
  printer.object(undefined, () => {
    printer.field('ifindex', 1, '%: ')
    printer.array('flags', () => {
      printer.item('UP', '%')
      printer.item('LOWER_UP', ',%')
    })
    printer.text('not seen')
    printer.object('linkinfo', () => printer.field('timer', { literal: '0.10' }, '%'))
    printer.object('empty', () => {})
    printer.array('none', () => {})
    printer.data('ecn', null)
  })
  printer.object(undefined, () => printer.field('big', 2n ** 64n - 1n, '%'))
}

describe('JSON with the spacing of ip -j', () => {
  test('compact', () => {
    expect(print(false, sample)).toBe(
      '[{"ifindex":1,"flags":["UP","LOWER_UP"],"linkinfo":{"timer":0.10},"empty":{},"none":[],"ecn":null},' +
        '{"big":18446744073709551615}]\n',
    )
  })

  test('pretty', () => {
    expect(print(true, sample)).toBe(`[ {
        "ifindex": 1,
        "flags": [ "UP","LOWER_UP" ],
        "linkinfo": {
            "timer": 0.10
        },
        "empty": {},
        "none": [ ],
        "ecn": null
    },{
        "big": 18446744073709551615
    } ]
`)
  })

  test('nothing to show', () => {
    expect(print(false, () => {})).toBe('[]\n')
    expect(print(true, () => {})).toBe('[ ]\n')
  })

  test('the array is closed even when the command fails half-way', () => {
    const out = collectOutput()
    const printer = jsonPrinter(out, false)
    const fail = () =>
      printer.records(() => {
        printer.object(undefined, () => printer.data('a', 1))
        throw new Error('no')
      })
    expect(fail).toThrow('no')
    expect(JSON.parse(out.text)).toEqual([{ a: 1 }])
  })

  test('whatever is printed can be parsed, and is what was printed', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('record')),
      leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      list: fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 4 }),
      record: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    })).record
    const put = (printer: Printer, record: object) => {
      for (const [key, item] of Object.entries(record)) {
        if (Array.isArray(item)) {
          printer.array(key, () => {
            for (const member of item) printer.item(member as Value, '%')
          })
        } else if (typeof item === 'object' && item !== null) printer.object(key, () => put(printer, item))
        else printer.field(key, item as Value, '%')
      }
    }
    fc.assert(
      fc.property(value, fc.boolean(), (record, pretty) => {
        const text = print(pretty, (printer) => printer.object(undefined, () => put(printer, record as object)))
        expect(JSON.parse(text)).toEqual([record])
      }),
    )
  })
})
