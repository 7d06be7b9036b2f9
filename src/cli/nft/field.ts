import type { DataType } from './data-type.ts'
import * as types from './data-type.ts'

/** A field of a protocol's header; place and size in bits. */
export interface Field {
  readonly protocol: string
  readonly name: string
  readonly at: number
  readonly size: number
  readonly type: DataType
}

type Row = readonly [name: string, at: number, size: number, type?: DataType]

const fields = (protocol: string, rows: readonly Row[]): readonly Field[] =>
  rows.map(([name, at, size, type = types.integer]) => ({ protocol, name, at, size, type }))

const ports: readonly Row[] = [
  ['sport', 0, 16, types.service],
  ['dport', 16, 16, types.service],
]

/** The headers that rules about hosts and services ask about, by nft's names. */
const HEADERS: Readonly<Record<string, readonly Field[]>> = {
  ether: fields('ether', [
    ['daddr', 0, 48, types.etherAddress],
    ['saddr', 48, 48, types.etherAddress],
    ['type', 96, 16, types.etherType],
  ]),
  ip: fields('ip', [
    ['version', 0, 4],
    ['hdrlength', 4, 4],
    ['dscp', 8, 6, types.dscp],
    ['ecn', 14, 2],
    ['length', 16, 16],
    ['id', 32, 16],
    ['frag-off', 48, 16],
    ['ttl', 64, 8],
    ['protocol', 72, 8, types.protocol],
    ['checksum', 80, 16],
    ['saddr', 96, 32, types.ipv4],
    ['daddr', 128, 32, types.ipv4],
  ]),
  ip6: fields('ip6', [
    ['version', 0, 4],
    ['dscp', 4, 6, types.dscp],
    ['ecn', 10, 2],
    ['flowlabel', 12, 20],
    ['length', 32, 16],
    ['nexthdr', 48, 8, types.protocol],
    ['hoplimit', 56, 8],
    ['saddr', 64, 128, types.ipv6],
    ['daddr', 192, 128, types.ipv6],
  ]),
  tcp: fields('tcp', [
    ...ports,
    ['sequence', 32, 32],
    ['ackseq', 64, 32],
    ['doff', 96, 4],
    ['flags', 104, 8, types.tcpFlag],
    ['window', 112, 16],
    ['checksum', 128, 16],
    ['urgptr', 144, 16],
  ]),
  udp: fields('udp', [...ports, ['length', 32, 16], ['checksum', 48, 16]]),
  udplite: fields('udplite', [...ports, ['checksum', 48, 16]]),
  sctp: fields('sctp', [...ports, ['vtag', 32, 32], ['checksum', 64, 32]]),
  dccp: fields('dccp', ports),
  icmp: fields('icmp', [
    ['type', 0, 8, types.icmpType],
    ['code', 8, 8],
    ['checksum', 16, 16],
    ['id', 32, 16],
    ['sequence', 48, 16],
  ]),
  icmpv6: fields('icmpv6', [
    ['type', 0, 8, types.icmpv6Type],
    ['code', 8, 8],
    ['checksum', 16, 16],
    ['id', 32, 16],
    ['sequence', 48, 16],
  ]),
  th: fields('th', ports),
}

/** The field that lies in these bits; or the one of which they are the beginning, as those of a prefix are of an address. */
export function fieldAt(protocol: string, at: number, size: number): Field | undefined {
  const header = HEADERS[protocol] ?? []
  return (
    header.find((field) => field.at === at && field.size === size) ??
    header.find((field) => field.at === at && field.size > size && field.type.prefixes)
  )
}

/** Fields one after another that fill these bits; none where they do not. */
export function fieldsIn(protocol: string, at: number, size: number): readonly Field[] {
  const found = (HEADERS[protocol] ?? []).filter((field) => field.at >= at && field.at + field.size <= at + size)
  return found.reduce((sum, field) => sum + field.size, 0) === size ? found : []
}

/** nft's name of the header of a transport protocol's number. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'ipv6-icmp': 'icmpv6', ipcomp: 'comp' }

export function headerNamed(protocol: string): string {
  return OTHER_NAMES[protocol] ?? protocol
}
