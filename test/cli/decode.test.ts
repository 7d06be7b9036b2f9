import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { decodeLine } from '../../src/cli/decode/index.ts'
import { netfilterProtocol } from '../../src/netfilter/index.ts'
import {
  type CapturedPacket,
  CaptureError,
  encodeRequest,
  forJson,
  formatMessage,
  frames,
  genericProtocol,
  readCapture,
  toHex,
} from '../../src/netlink/index.ts'
import { link, routeProtocol } from '../../src/rtnl/index.ts'
import { loadFixtures } from '../fixtures.ts'
import { runScript } from '../live/child.ts'

/** NLMSG_ERROR, EEXIST, with the request and what the kernel says of it. */
const refusal =
  '5c00000002000002010000000a000000efffffff20000000100005060100000000000000000000000000000000000000000000000000000014000100' +
  '46696c652065786973747300000000000c000200240000000000000000000000'

/** The messages of all captures of a real nlmon link, each once. */
function capturedMessages(): { number: number; bytes: Uint8Array }[] {
  const directory = join(import.meta.dirname, '../../fixtures/pcap')
  const found = new Map<string, { number: number; bytes: Uint8Array }>()
  for (const name of readdirSync(directory)) {
    if (!name.endsWith('.pcap')) continue
    for (const { protocol: number, bytes } of readCapture(readFileSync(join(directory, name)))) {
      for (const { start, end } of frames(bytes, 0, bytes.length)) {
        found.set(toHex(bytes, start, end), { number, bytes: bytes.subarray(start, end) })
      }
    }
  }
  return [...found.values()]
}

const nlmsg = { protocol: routeProtocol, layer: 'nlmsg', type: undefined } as const
const veth = toHex(encodeRequest(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }), 1))

const lines = loadFixtures().flatMap(({ file, exchanges }) =>
  exchanges
    .filter(({ protocol }) => protocol === 'route')
    .flatMap(({ command, messages }) => messages.map(({ hex }, i) => ({ where: `${file}: ${command} [${i}]`, hex }))),
)

describe('one message as hex', () => {
  test('every captured message decodes, and encodes to the same bytes', () => {
    expect(lines.length).toBeGreaterThan(1000)
    for (const { where, hex } of lines) {
      const decoded = decodeLine(hex, nlmsg)
      expect(decoded, where).not.toHaveProperty('error')
      expect('reencoded' in decoded && decoded.reencoded, where).toBe(hex)
      expect(() => JSON.stringify(decoded, forJson), where).not.toThrow()
    }
  })

  test('says type, flags, seq, pid, the message and what nobody knows', () => {
    const hex = '28000000 10000000 05000000 07000000 00000100 02000000 00000000 00000000 06000003 abcd0000'
    expect(JSON.parse(JSON.stringify(decodeLine(hex, nlmsg), forJson))).toEqual({
      type: 16,
      flags: 0,
      seq: 5,
      pid: 7,
      message: {
        family: 'unspec',
        type: 'ether',
        index: 2,
        flags: [],
        change: [],
        unknown: [{ type: 768, bytes: 'abcd' }],
      },
      unknown: [{ path: '#768', type: 768, bytes: 'abcd' }],
      reencoded: hex.replaceAll(' ', ''),
    })
  })

  test('a payload, or attributes alone, of a type that is said', () => {
    const payload = { protocol: routeProtocol, layer: 'payload', type: 20 } as const
    expect(decodeLine('0218800001000000 080002000a000001', payload)).toMatchObject({
      message: { family: 'inet', index: 1, local: '10.0.0.1' },
      reencoded: '0218800001000000080002000a000001',
    })
    const attrs = { protocol: routeProtocol, layer: 'attrs', type: 24 } as const
    expect(decodeLine('080001000a000000', attrs)).toMatchObject({
      message: { dst: '10.0.0.0' },
      reencoded: '080001000a000000',
    })
  })

  test.each([
    ['xyz', { error: 'not pairs of hexadecimal digits', path: '', offset: 0 }],
    ['1000', { error: 'a message header is 16 bytes long, got 2', path: '', offset: 0 }],
    [
      'ff000000 1000 0000 00000000 00000000',
      { error: "a message's length of 255 where 16 bytes remain", path: '', offset: 0 },
    ],
    ['10000000 0f00 0000 00000000 00000000', { error: 'message type 15 is not known to route', path: '', offset: 4 }],
    [
      '28000000 1000 0000 00000000 00000000 00000000 00000000 00000000 00000000 05000400 01000000',
      { error: 'u32 is 4 bytes long, got 1', path: 'mtu', offset: 36 },
    ],
  ])('%s: error, path and offset', (line, expected) => expect(decodeLine(line, nlmsg)).toEqual(expected))

  test('of other families, what they share', () => {
    const generic = { protocol: genericProtocol, layer: 'nlmsg', type: undefined } as const
    const hex = '20000000100005000100000000000000030100000a0002006e6c6374726c0000'
    expect(decodeLine(hex, generic)).toMatchObject({ message: { command: 3, familyName: 'nlctrl' }, reencoded: hex })
    const netfilter = { protocol: netfilterProtocol, layer: 'nlmsg', type: undefined } as const
    const table = '20000000000a010001000000000000000200000009000100746573740000 0000'.replaceAll(' ', '')
    expect(decodeLine(table, netfilter)).toMatchObject({ message: { family: 'ip', name: 'test' }, reencoded: table })
  })
})

describe('damaged messages', () => {
  /** Xorshift: the same numbers everywhere. */
  function numbers(seed: number): (below: number) => number {
    let state = seed
    return (below) => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return (state >>> 0) % below
    }
  }

  test.each([routeProtocol, genericProtocol, netfilterProtocol])(
    'of $name encode to what they were, or say what is wrong and where',
    (protocol) => {
      const next = numbers(20_261_121)
      const samples = capturedMessages().filter(({ number }) => number === protocol.number)
      // Answers of the kernel are read by every family.
      const all = [...samples, { bytes: Buffer.from(refusal, 'hex') }]
      let decoded = 0
      for (let i = 0; i < 4000; i++) {
        const bytes = Buffer.concat([all[next(all.length)]!.bytes, Buffer.alloc(next(3) * 4)])
        for (let changes = next(4); changes > 0; changes--)
          bytes[next(bytes.length)] = [0, 4, 0xff, next(256)][next(4)]!
        const cut = bytes.subarray(0, next(4) === 0 ? next(bytes.length + 1) : bytes.length)
        if (cut.length >= 4 && next(3) > 0) cut.writeUInt32LE(cut.length)
        const line = decodeLine(toHex(cut), { protocol, layer: 'nlmsg', type: undefined })
        if ('error' in line) expect(line).toMatchObject({ path: expect.any(String), offset: expect.any(Number) })
        else {
          decoded++
          expect(line.reencoded).toBe(toHex(cut))
        }
      }
      expect(decoded).toBeGreaterThan(500)
    },
  )
})

describe('a message for people', () => {
  test('has a line for each attribute, with its place and bytes', () => {
    const text = formatMessage(routeProtocol, Buffer.from(veth, 'hex'), 'sent')
    expect(text).toMatch(/^> RTM_NEWLINK length \d+ flags REQUEST,ACK,EXCL,CREATE seq 1 port 0\n/)
    expect(text).toMatch(/\n {2}name \(3\) v0 +32 {2}07 00 03 00 76 30 00/)
    expect(text).toMatch(/\n {4}data \(2\) +52 {2}.. 00 02 00\n {6}peer \(1\) +56 {2}.. 00 01 00\n/)
  })

  test('never throws, whatever the bytes', () => {
    const bytes = Buffer.from(veth, 'hex')
    for (let end = 0; end <= bytes.length; end++) {
      expect(() => formatMessage(routeProtocol, bytes.subarray(0, end))).not.toThrow()
      for (const value of [0, 1, 0x7f, 0xff]) {
        const damaged = Buffer.from(bytes)
        damaged[Math.min(end, bytes.length - 1)] = value
        expect(() => formatMessage(routeProtocol, damaged)).not.toThrow()
      }
    }
  })
})

const directory = mkdtempSync(join(tmpdir(), 'ipts-decode-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** A pcap file of netlink packets, as tcpdump writes one. */
function pcap(packets: readonly { kind: number; family: number; bytes: Uint8Array }[], linkType = 253): Uint8Array {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(0xa1b2c3d4, 0)
  head.writeUInt16LE(2, 4)
  head.writeUInt16LE(4, 6)
  head.writeUInt32LE(65535, 16)
  head.writeUInt32LE(linkType, 20)
  const parts = packets.flatMap(({ kind, family, bytes }) => {
    const record = Buffer.alloc(32)
    record.writeUInt32LE(1_700_000_000, 0)
    record.writeUInt32LE(500_000, 4)
    record.writeUInt32LE(bytes.length + 16, 8)
    record.writeUInt32LE(bytes.length + 16, 12)
    record.writeUInt16BE(kind, 16)
    record.writeUInt16BE(824, 18)
    record.writeUInt16BE(family, 30)
    return [record, bytes]
  })
  return Buffer.concat([head, ...parts])
}

describe('a capture', () => {
  const bytes = Buffer.from(veth, 'hex')

  test('gives its packets, each with time, family and direction', () => {
    const file = pcap([
      { kind: 7, family: 0, bytes },
      { kind: 6, family: 16, bytes },
      { kind: 4, family: 0, bytes },
      { kind: 4, family: 0, bytes: Uint8Array.from(bytes, (byte, i) => (i === 6 ? 0 : byte)) },
    ])
    const packets = [...readCapture(file)]
    expect(packets.map(({ time, protocol, direction }) => [time, protocol, direction])).toEqual([
      [1_700_000_000.5, 0, 'sent'],
      [1_700_000_000.5, 16, 'received'],
      [1_700_000_000.5, 0, 'sent'],
      [1_700_000_000.5, 0, 'received'],
    ])
    expect(toHex(packets[0]!.bytes)).toBe(veth)
  })

  test.each([
    ['an empty file', new Uint8Array(0), /begins with 24 bytes/],
    ['another kind of file', new Uint8Array(24), /not a capture/],
    ['another link type', pcap([], 1), /link type 1 is not 253/],
    [
      'a packet cut off',
      pcap([{ kind: 7, family: 0, bytes }]).subarray(0, 70),
      /a packet of \d+ bytes at offset 24 where 30 remain/,
    ],
  ])('%s is refused', (_, file, text) => {
    expect(() => [...readCapture(file)]).toThrow(CaptureError)
    expect(() => [...readCapture(file)]).toThrow(text)
  })

  test.each(['link-veth', 'route-multipath', 'rule-rules', 'mixed-families'])(
    'of a real nlmon link, %s',
    async (name) => {
      const file = join(import.meta.dirname, `../../fixtures/pcap/${name}.pcap`)
      const script = `import { main } from './src/cli/decode/index.ts'; process.exitCode = await main(process.argv.slice(2))`
      const text = await runScript(script, { args: [file] })
      expect(text).toMatchObject({ status: 0, stderr: '' })
      expect(text.stdout).toMatch(/^> /m)
      expect(text.stdout).toMatch(/^< /m)
      expect(text.stdout).not.toContain('unreadable')
    },
  )

  /** The same packets as pcapng: one interface, time in units of `resolution` (if_tsresol). */
  function pcapng(packets: readonly CapturedPacket[], little: boolean, resolution: number, linkType = 253): Uint8Array {
    const block = (type: number, body: Buffer) => {
      const all = Buffer.concat([Buffer.alloc(8), body, Buffer.alloc((-body.length & 3) + 4)])
      for (const [place, value] of [
        [0, type],
        [4, all.length],
        [all.length - 4, all.length],
      ] as const) {
        if (little) all.writeUInt32LE(value, place)
        else all.writeUInt32BE(value, place)
      }
      return all
    }
    const words = (...values: number[]) => {
      const body = Buffer.alloc(values.length * 4)
      for (const [i, value] of values.entries()) {
        if (little) body.writeUInt32LE(value, i * 4)
        else body.writeUInt32BE(value, i * 4)
      }
      return body
    }
    const halves = (...values: number[]) => {
      const body = Buffer.alloc(values.length * 2)
      for (const [i, value] of values.entries()) {
        if (little) body.writeUInt16LE(value, i * 2)
        else body.writeUInt16BE(value, i * 2)
      }
      return body
    }
    const option = Buffer.concat([halves(9, 1), Buffer.from([resolution, 0, 0, 0])])
    const described = block(1, Buffer.concat([halves(linkType, 0), words(0), option]))
    return Buffer.concat([
      block(0x0a0d0d0a, Buffer.concat([words(0x1a2b3c4d), halves(1, 0), words(0xffffffff, 0xffffffff)])),
      described,
      block(5, words(0, 0, 0)),
      ...packets.map(({ time, protocol, direction, bytes }) => {
        const ticks = Math.round(time * 10 ** resolution)
        const head = words(0, Math.floor(ticks / 2 ** 32), ticks % 2 ** 32, bytes.length + 16, bytes.length + 16)
        const cooked = Buffer.alloc(16)
        cooked.writeUInt16BE(direction === 'sent' ? 7 : 6, 0)
        cooked.writeUInt16BE(protocol, 14)
        return block(6, Buffer.concat([head, cooked, bytes]))
      }),
    ])
  }

  test.each([
    [true, 6],
    [false, 3],
  ])('as pcapng is the same (little-endian: %s, 10^-%i seconds)', (little, resolution) => {
    const packets = [...readCapture(pcap([6, 7].map((kind) => ({ kind, family: 16, bytes }))))]
    expect([...readCapture(pcapng(packets, little, resolution))]).toEqual(packets)
  })

  test('as pcapng that is damaged gives what comes before, and says where', () => {
    const packets = [...readCapture(pcap([6, 7].map((kind) => ({ kind, family: 16, bytes }))))]
    const file = pcapng(packets, true, 6)
    for (let end = 0; end < file.length; end++) {
      const read: CapturedPacket[] = []
      try {
        for (const packet of readCapture(file.subarray(0, end))) read.push(packet)
      } catch (error) {
        expect(error).toBeInstanceOf(CaptureError)
      }
      expect(read).toEqual(packets.slice(0, read.length))
    }
    expect(() => [...readCapture(pcapng(packets, true, 6, 1))]).toThrow(/link type 1 is not 253/)
  })

  test('of a real nlmon link encodes to what it was, message by message', () => {
    const byNumber = new Map([routeProtocol, genericProtocol, netfilterProtocol].map((one) => [one.number, one]))
    const all = capturedMessages()
    expect(all.length).toBeGreaterThan(300)
    for (const { number, bytes } of all) {
      const protocol = byNumber.get(number)
      if (protocol === undefined) continue
      const line = decodeLine(toHex(bytes), { protocol, layer: 'nlmsg', type: undefined })
      expect(line).toMatchObject({ reencoded: toHex(bytes) })
    }
  })

  test('is printed, or is JSON a line', async () => {
    const file = join(directory, 'one.pcap')
    writeFileSync(file, pcap([{ kind: 7, family: 0, bytes }]))
    const script = `import { main } from './src/cli/decode/index.ts'; process.exitCode = await main(process.argv.slice(2))`
    const text = await runScript(script, { args: [file] })
    expect(text).toMatchObject({ status: 0, stderr: '' })
    expect(text.stdout).toMatch(/^> RTM_NEWLINK length \d+/)
    const json = await runScript(script, { args: ['-j', file] })
    expect(JSON.parse(json.stdout)).toMatchObject({ direction: 'sent', protocol: 'route', type: 16, reencoded: veth })
    const missing = await runScript(script, { args: [join(directory, 'none.pcap')] })
    expect(missing).toMatchObject({ status: 1, stdout: '' })
    expect(missing.stderr).toMatch(/^ipts decode: ENOENT/)
    const noFile = await runScript(script, { args: [directory] })
    expect(noFile).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^ipts decode: EISDIR.*\n$/) })
    writeFileSync(file, Buffer.concat([pcap([{ kind: 7, family: 0, bytes }]), Buffer.alloc(20)]))
    const cut = await runScript(script, { args: [file] })
    expect(cut).toMatchObject({
      status: 1,
      stdout: text.stdout,
      stderr: expect.stringMatching(/^ipts decode: a packet of 0 bytes/),
    })
    const usage = await runScript(script, { args: ['--layer', 'attrs', '--hex'] })
    expect(usage.status).toBe(1)
    expect(usage.stderr).toMatch(/^ipts decode: --layer attrs needs --type.*\nUsage: ipts decode/)
  })

  test('hex comes by lines on standard input, and a bad one does not stop the next', async () => {
    const input = join(directory, 'lines')
    writeFileSync(input, `${veth}\nnonsense\n\n${veth}\n`)
    const script = `import { main } from './src/cli/decode/index.ts'; process.exitCode = await main(['--hex'])`
    const result = await runScript(script, { command: ['sh', '-c', `exec "$@" < ${input}`, 'sh'] })
    const [first, bad, second, ...rest] = result.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    expect([first.reencoded, bad.error, second, rest]).toEqual([veth, 'not pairs of hexadecimal digits', first, []])
    expect(result.status).toBe(1)
  })
})
