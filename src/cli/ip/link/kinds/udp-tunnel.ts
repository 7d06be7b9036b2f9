import { choice, cNumber, noDevice, type Reader, u32, wrong } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import { fields, hexText } from './fields.ts'
import type { KindField } from './kind.ts'

// What VXLAN and Geneve, tunnels of Ethernet in UDP, have in common.

interface SessionDraft {
  readonly session: Session
}

const NETWORKS = 1 << 24

export const network: Reader<number> = u32('invalid id', 'VNI', NETWORKS - 1)

export const flowLabel: Reader<number> = u32('invalid flowlabel', 'LABEL', 0xfffff)

/** The link below, by its index. */
export const below: Reader<number, SessionDraft> = {
  hint: 'PHYS_DEV',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw noDevice(current, 255)
    return index
  },
}

/** `auto` is 0. */
export const timeToLive: Reader<{ readonly ttl?: number; readonly ttlInherit?: true }> = {
  hint: 'TTL',
  read({ current }) {
    if (current === 'inherit') return { ttlInherit: true }
    const ttl = current === 'auto' ? 0 : cNumber(current, 0, 0xffffffff)
    if (ttl === undefined) throw wrong(current, 'invalid TTL')
    if (ttl > 255) throw wrong(current, 'TTL must be <= 255')
    return { ttl }
  },
}

/** The type of service of the outer header; 1 for that of the inner one. */
export const typeOfService: Reader<number, SessionDraft> = {
  hint: 'TOS',
  read({ current }, { session }) {
    const tos = current === 'inherit' ? 1 : session.names.dsfield.id(current)
    if (tos === undefined) throw wrong(current, 'bad TOS value')
    return tos
  },
}

export const fragmentation = choice(
  { unset: 'unset', set: 'set', inherit: 'inherit' } as const,
  "DF must be 'unset', 'set' or 'inherit'",
)

export function showTypeOfService(tos: number, printer: Printer): void {
  if (tos !== 0) printer.field('tos', hexText(tos), 'tos % ', { as: tos === 1 ? 'inherit' : hexText(tos) })
}

interface OuterHeader {
  readonly ttl?: number
  readonly ttlInherit?: boolean
}

export const showTimeToLive: KindField<OuterHeader> = ({ ttl, ttlInherit }, printer) => {
  if (ttlInherit) printer.text('ttl inherit ')
  else if (ttl !== undefined) printer.field('ttl', ttl, 'ttl % ', { as: ttl === 0 ? 'auto' : String(ttl) })
}

export function showFragmentation(df: string | number, printer: Printer): void {
  if (typeof df === 'string') printer.field('df', df, df === 'unset' ? '' : 'df % ')
}

export function showFlowLabel(label: number, printer: Printer): void {
  if (label !== 0) printer.field('label', hexText(label), 'flowlabel % ')
}

interface Checksums {
  readonly udpCsum?: boolean
  readonly udpZeroCsum6Tx?: boolean
  readonly udpZeroCsum6Rx?: boolean
}

/** What is summed in UDP. */
const { orNo } = fields<Checksums>()
export const checksumFields: readonly KindField<Checksums>[] = [
  orNo('udpCsum', 'udp_csum', 'udpcsum'),
  orNo('udpZeroCsum6Tx', 'udp_zero_csum6_tx', 'udp6zerocsumtx'),
  orNo('udpZeroCsum6Rx', 'udp_zero_csum6_rx', 'udp6zerocsumrx'),
]
