import { expect, test } from 'vitest'
import { collectOutput, isDark, painter, plain, textPrinter } from '../../../src/cli/print/index.ts'

test('fields show their value in their format', () => {
  const out = collectOutput()
  const printer = textPrinter(out, plain, '\n')
  printer.field('mtu', 1500, 'mtu % ')
  printer.field('name', 'a$&b', '%-8|')
  printer.field('bytes', 7, '%4|')
  printer.field('on', true, 'state % ', { as: 'on' })
  printer.data('hidden', 1)
  printer.newLine()
  printer.array('flags', () => printer.item('UP', '%'), '<', '> ')
  printer.endRecord()
  expect(out.text).toBe('mtu 1500 a$&b    |   7|state on \n<UP> \n')
})

test('one line a record', () => {
  const out = collectOutput()
  const printer = textPrinter(out, plain, '\\')
  printer.text('a')
  printer.newLine()
  printer.text('b')
  printer.endRecord()
  expect(out.text).toBe('a\\b\n')
})

test('colours paint the format with the value', () => {
  const out = collectOutput()
  textPrinter(out, painter(false), '\n').field('ifname', 'lo', '%: ', { colour: 'ifname' })
  textPrinter(out, painter(true), '\n').text('x', 'up')
  textPrinter(out, painter(true), '\n').text('y')
  expect(out.text).toBe('\x1b[36mlo: \x1b[0m\x1b[1;32mx\x1b[0my')
})

test.each([
  [undefined, false],
  ['0', false],
  ['15;0', true],
  ['15;default;0', true],
  ['0;15', false],
  ['15;7', false],
  ['15;8', true],
  ['15;10', false],
])('COLORFGBG=%s is dark: %s', (value, dark) => {
  expect(isDark(value)).toBe(dark)
})
