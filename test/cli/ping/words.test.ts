import { describe, expect, test } from 'vitest'
import type { CommandFailure } from '../../../src/cli/grammar/index.ts'
import { faultText } from '../../../src/cli/ping/fault-text.ts'
import { parseOptions } from '../../../src/cli/ping/options.ts'
import { faultOf } from '../../../src/ops/index.ts'

const fault = (family: 'inet' | 'inet6', icmpType: number, icmpCode: number, info = 0) =>
  faultText(family, {
    kind: 'error',
    icmpType,
    icmpCode,
    info,
    sequence: 1,
    from: '10.0.0.1',
    at: 0,
    ...faultOf(family, icmpType, icmpCode)!,
  })

test.each([
  ['inet', 3, 0, 0, 'Destination Net Unreachable'],
  ['inet', 3, 1, 0, 'Destination Host Unreachable'],
  ['inet', 3, 4, 1400, 'Frag needed and DF set (mtu = 1400)'],
  ['inet', 3, 13, 0, 'Packet filtered'],
  ['inet', 3, 77, 0, 'Dest Unreachable, Bad Code: 77'],
  ['inet', 11, 0, 0, 'Time to live exceeded'],
  ['inet', 11, 9, 0, 'Time exceeded, Bad Code: 9'],
  ['inet', 12, 0, 0x14000000, 'Parameter problem: pointer = 20'],
  ['inet6', 1, 0, 0, 'Destination unreachable: No route'],
  ['inet6', 1, 3, 0, 'Destination unreachable: Address unreachable'],
  ['inet6', 1, 9, 0, 'Destination unreachable: Unknown code 9'],
  ['inet6', 2, 0, 1280, 'Packet too big: mtu=1280'],
  ['inet6', 3, 0, 0, 'Time exceeded: Hop limit'],
  ['inet6', 4, 1, 40, 'Parameter problem: Unknown header at 40'],
] as const)('%s %i/%i (%i) is: %s', (family, type, code, info, words) => {
  expect(fault(family, type, code, info)).toBe(words)
})

describe("ping's words", () => {
  const parse = (...argv: string[]) => {
    const said: string[] = []
    const options = parseOptions(
      argv,
      (line) => said.push(line),
      (text) => said.push(text),
    )
    return { options, said }
  }

  test('are options in any place, seconds with a fraction, and one target', () => {
    const { options } = parse('-c3', 'host', '-i', '.25', '-W', '1.5', '-w', '9', '-I', 'eth0', '-I', '10.0.0.1')
    expect(options).toMatchObject({
      target: 'host',
      count: 3,
      interval: 250,
      linger: 1500,
      deadline: 9,
      device: 'eth0',
      source: '10.0.0.1',
      size: 56,
    })
    expect(parse('-I', 'fe80::1%eth1', 'h').options).toMatchObject({ source: 'fe80::1', device: 'eth1' })
    expect(parse('-f', 'h').options).toMatchObject({ interval: 0, numeric: true })
    expect(parse('-f', '-i', '2', 'h').options).toMatchObject({ interval: 2000 })
  })

  test('a pattern is repeated and shown', () => {
    const { options, said } = parse('-p', 'a1b', 'h')
    expect(options.pattern).toEqual(Uint8Array.of(0xa1, 0xb))
    expect(said).toEqual(['PATTERN: 0xa10b\n'])
    expect(parse('-q', '-p', 'ff', 'h').said).toEqual([])
  })

  test.each([
    [['-c', '0', 'h'], 1, "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807"],
    [['-s', '1x', 'h'], 1, "ping: invalid argument: '1x'"],
    [['-4', '-6', 'h'], 2, 'ping: only one -4 or -6 option may be specified'],
    [['-R', 'h'], 2, 'ping: option -R is not supported by ipts'],
    [[], 1, 'ping: usage error: Destination address required'],
  ])('%j fails with status %i', (argv, status, message) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ status, message }) as CommandFailure)
  })
})
