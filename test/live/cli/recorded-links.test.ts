import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printLink } from '../../../src/cli/ip/link/print.ts'
import { Writer } from '../../../src/netlink/index.ts'
import { link } from '../../../src/rtnl/index.ts'
import { testSession } from '../../cli/session.ts'
import { noIpReason } from '../netns/ip.ts'

// Links that no kernel at hand has: messages about them are written to a file, from which `ip monitor` shows them too.

const NEWLINK = 16
const base = { family: 'unspec', index: 1, name: 'x0', flags: ['up', 'lower-up'], mtu: 1500, group: 0 } as const

function recorded(item: link.LinkInput): Uint8Array {
  const writer = new Writer()
  writer.zero(16)
  link.linkMessage.write(writer, item as never, {})
  const bytes = writer.bytes.slice(0, writer.position)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bytes.length, true)
  view.setUint16(4, NEWLINK, true)
  return bytes
}

function ipShows(bytes: Uint8Array, options: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'ipts-recorded-'))
  try {
    const file = join(directory, 'links')
    writeFileSync(file, bytes)
    const { stdout, stderr } = spawnSync('ip', [...options, 'monitor', 'file', file], { encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function weShow(bytes: Uint8Array, stats: number): string {
  const session = testSession({ details: 1, stats }, [base])
  const item = link.linkMessage.read(bytes, 16, bytes.length, -1, {})
  printLink(item, session, { asLink: false, hardware: true, news: true })
  return session.text
}

const bytesOf = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer)
const name = Uint8Array.from('sja1000'.padEnd(16, '\0'), (c) => c.charCodeAt(0))
const limits = {
  name,
  tseg1Min: 1,
  tseg1Max: 16,
  tseg2Min: 1,
  tseg2Max: 8,
  sjwMax: 4,
  brpMin: 1,
  brpMax: 64,
  brpInc: 1,
}
const timing = { bitrate: 500000, samplePoint: 875, tq: 125, propSeg: 6, phaseSeg1: 7, phaseSeg2: 2, sjw: 1, brp: 1 }

const kinds: Record<string, NonNullable<link.LinkInput['linkinfo']>> = {
  can: {
    kind: 'can',
    data: {
      state: 'error-active',
      ctrlmode: { mask: [], flags: ['loopback', 'fd', 0x1000] },
      berrCounter: { txerr: 3, rxerr: 4 },
      restartMs: 100,
      bittiming: timing,
      bittimingConst: limits,
      dataBittiming: { ...timing, bitrate: 2000000 },
      dataBittimingConst: limits,
      tdc: { tdcv: 1, tdco: 2, tdcvMin: 0, tdcvMax: 7, tdcoMin: 1, tdcoMax: 8 },
      termination: 120,
      terminationConst: [0, 120],
      clock: { freq: 8000000 },
    },
    xstats: bytesOf(1, 2, 3, 4, 5, 6),
  },
  'can with fixed rates': {
    kind: 'can',
    data: {
      state: 'bus-off',
      bittiming: timing,
      bitrateConst: [10000, 20000, 50000, 100000, 125000, 250000, 500000, 1000000],
      dataBittiming: timing,
      dataBitrateConst: [2000000, 4000000],
    },
  },
  rmnet: { kind: 'rmnet', data: { muxId: 7 } },
  wwan: { kind: 'wwan', data: { linkId: 3 } },
  amt: {
    kind: 'amt',
    data: {
      mode: 'relay',
      gatewayPort: 2268,
      relayPort: 2269,
      localIp: '10.0.0.1',
      remoteIp: '10.0.0.2',
      discoveryIp: '10.0.0.3',
      link: 1,
      maxTunnels: 128,
    },
  },
  dsa: { kind: 'dsa', data: { conduit: 1 } },
  ipoib: { kind: 'ipoib', data: { pkey: 0x8003, mode: 'connected', umcast: 1 } },
  bareudp: { kind: 'bareudp', data: { port: 6635, ethertype: 0x8847, srcportMin: 5, multiprotoMode: true } },
  'bareudp of one protocol': { kind: 'bareudp', data: { port: 1, ethertype: 0x1234 } },
  xfrm: { kind: 'xfrm', data: { link: 1, ifId: 0x77 } },
  'xfrm of routes': { kind: 'xfrm', data: { collectMetadata: true } },
  'sit with rapid deployment': {
    kind: 'sit',
    data: {
      local: '10.0.0.1',
      proto: 41,
      pmtudisc: false,
      flags: ['isatap'],
      '6rdPrefix': '2001:db8::',
      '6rdPrefixlen': 32,
      '6rdRelayPrefix': '10.0.0.0',
      '6rdRelayPrefixlen': 8,
    },
  },
  'a kind that iproute2 does not know': { kind: 'wireguard' },
}

const links: Record<string, link.LinkInput> = {
  'an SR-IOV device': {
    type: 'ether',
    address: '02:00:00:00:00:01',
    numVf: 3,
    vfinfoList: {
      info: [
        {
          mac: { vf: 0, mac: '02:00:00:00:00:05' },
          broadcast: Uint8Array.from({ length: 32 }, (_, i) => (i < 6 ? 255 : 0)),
          vlan: { vf: 0, vlan: 5, qos: 3 },
          txRate: { vf: 0, rate: 100 },
          rate: { vf: 0, minTxRate: 10, maxTxRate: 100 },
          spoofchk: { vf: 0, setting: 1 },
          linkState: { vf: 0, linkState: 'auto' },
          trust: { vf: 0, setting: 0 },
          rssQueryEn: { vf: 0, setting: 0xffffffff },
          ibNodeGuid: { vf: 0, guid: 0x0011223344556677n },
          ibPortGuid: { vf: 0, guid: 0x0011223344556678n },
          stats: {
            rxPackets: 1,
            txPackets: 2,
            rxBytes: 3,
            txBytes: 4,
            broadcast: 5,
            multicast: 6,
            rxDropped: 7,
            txDropped: 8,
          },
        },
        {
          mac: { vf: 1, mac: '02:00:00:00:00:06' },
          vlan: { vf: 1, vlan: 0, qos: 0 },
          vlanList: {
            info: [
              { vf: 1, vlan: 7, qos: 1, vlanProto: '8021ad' },
              { vf: 1, vlan: 8, qos: 0, vlanProto: '8021q' },
            ],
          },
          txRate: { vf: 1, rate: 0 },
          spoofchk: { vf: 1, setting: 0 },
          linkState: { vf: 1, linkState: 'enable' },
          trust: { vf: 1, setting: 1 },
          rssQueryEn: { vf: 1, setting: 1 },
          stats: { rxPackets: 1, txPackets: 2, rxBytes: 3, txBytes: 4, broadcast: 5, multicast: 6 },
        },
        {
          mac: { vf: 2, mac: '02:00:00:00:00:07' },
          vlan: { vf: 2, vlan: 0, qos: 0 },
          txRate: { vf: 2, rate: 0 },
          linkState: { vf: 2, linkState: 'disable' },
        },
      ],
    },
  },
  'a link with an XDP program': { xdp: { attached: 'multi', progId: 0, drvProgId: 0 }, qdisc: 'noqueue' },
  'a link with an XDP program of the driver': { xdp: { attached: 'driver' }, alias: 'fast' },
  'a port of a switch': {
    physPortName: 'p0',
    physPortId: bytesOf(1),
    physSwitchId: bytesOf(2),
    parentDevBusName: 'pci',
  },
  'a link that a protocol holds down': {
    type: 'ether',
    address: '02:00:00:00:00:01',
    broadcast: 'ff:ff:ff:ff:ff:ff',
    protoDown: true,
    protoDownReason: { value: 5 },
  },
}

const reason = noIpReason()

describe.skipIf(reason)(`links from a file, as ip monitor shows them${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const all = [
    ...Object.entries(kinds).map(([title, linkinfo]) => [title, { linkinfo }] as const),
    ...Object.entries(links),
  ]
  test.each(all)('%s', (_title, item) => {
    const bytes = recorded({ ...base, ...item } as link.LinkInput)
    for (const stats of [0, 1]) {
      expect(weShow(bytes, stats)).toBe(ipShows(bytes, stats === 0 ? ['-d'] : ['-d', '-s']))
    }
  })
})
