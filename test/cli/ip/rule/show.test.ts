import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/rule/index.ts'
import type { Options } from '../../../../src/cli/options.ts'
import { testSession } from '../../session.ts'

const usual = { family: 'inet', tos: 0, action: 'to-tbl', flags: [] }
const rules = [
  { ...usual, headerTable: 255, protocol: 'kernel' },
  { ...usual, priority: 5, src: '10.0.0.0/8', dst: '10.1.0.1/32', headerTable: 252, table: 1000, protocol: 'static' },
  { ...usual, priority: 6, flags: ['invert'], fwmark: 16, fwmask: 0xff, headerTable: 254, suppressPrefixlen: 0 },
  { ...usual, priority: 7, action: 'goto', goto: 9, flags: ['unresolved', 'iif-detached'], iif: 'v9' },
  { ...usual, priority: 8, action: 'blackhole', uidRange: { start: 1, end: 2 }, ipProto: 6, tunId: 5n },
  { ...usual, priority: 9, action: 77, sportRange: { start: 1, end: 1 }, dportRange: { start: 2, end: 3 } },
]
const lines = [
  '0:\tfrom all lookup local\n',
  '5:\tfrom 10.0.0.0/8 to 10.1.0.1 lookup 1000 proto static\n',
  '6:\tnot from all fwmark 0x10/0xff lookup main suppress_prefixlength 0\n',
  '7:\tfrom all iif v9 [detached] goto 9 [unresolved]\n',
  '8:\tfrom all uidrange 1-2 ipproto tcp tun_id 5 blackhole\n',
  '9:\tfrom all sport 1 dport 2-3 77\n',
]

async function show(line: string, options: Partial<Options> = {}) {
  const session = testSession(options, [], { 'list rules': rules })
  await dispatch(command, session, new Words(line.split(' ').filter(Boolean)))
  return session
}

describe('what ip rule shows', () => {
  test('all', async () => expect((await show('')).text).toBe(lines.join('')))

  test.each([
    ['show pref 5', [1]],
    ['show table 1000', [1]],
    ['show from 10.0.0.0/8', [1]],
    ['show 10.1.0.0/16', [1]],
    ['show not', [2]],
    ['show fwmark 16', [2]],
    ['show iif v9', [3]],
    ['show uidrange 1-2', [4]],
    ['show ipproto tcp', [4]],
    ['show dport 2-3', [5]],
    ['show sport 9', []],
  ])('%s', async (line, which) => {
    expect((await show(line)).text).toBe(which.map((i) => lines[i]).join(''))
  })

  test('as JSON', async () => {
    expect(JSON.parse((await show('show pref 6', { json: true })).text)).toEqual([
      { priority: 6, not: null, src: 'all', fwmark: '0x10', fwmask: '0xff', table: 'main', suppress_prefixlen: 0 },
    ])
  })
})

test('flush leaves the rule at priority 0, and asks for the protocol', async () => {
  expect((await show('flush')).changes).toHaveLength(rules.length - 1)
  const { changes } = await show('flush protocol static')
  expect(changes.map(({ value }) => (value as { priority?: number }).priority)).toContain(5)
})
