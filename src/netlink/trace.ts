import { toHex, u16, u32 } from './codec/index.ts'
import { dissect, type Part } from './dissect.ts'
import { HEADER_SIZE } from './header.ts'
import { messageType, type Protocol } from './protocol.ts'

/** One message as it crossed a socket. */
export interface TracedMessage {
  readonly direction: 'sent' | 'received'
  readonly protocol: Protocol
  /** The whole message, header first. Valid only during the call: copy what is to be kept. */
  readonly bytes: Uint8Array
  /** The port (nl_pid) of the socket. */
  readonly port: number
}

/** Sees every message of a socket, both ways, before anything else is made of it. */
export type Trace = (message: TracedMessage) => void

const SHARED_FLAGS: readonly [number, string][] = [
  [0x1, 'REQUEST'],
  [0x2, 'MULTI'],
  [0x4, 'ACK'],
  [0x8, 'ECHO'],
  [0x10, 'DUMP_INTR'],
  [0x20, 'DUMP_FILTERED'],
]
const FLAGS_BY_VERB: Readonly<Record<string, readonly [number, string][]>> = {
  get: [
    [0x300, 'DUMP'],
    [0x100, 'ROOT'],
    [0x200, 'MATCH'],
    [0x400, 'ATOMIC'],
  ],
  new: [
    [0x100, 'REPLACE'],
    [0x200, 'EXCL'],
    [0x400, 'CREATE'],
    [0x800, 'APPEND'],
  ],
  delete: [
    [0x100, 'NONREC'],
    [0x200, 'BULK'],
  ],
  acknowledgement: [
    [0x100, 'CAPPED'],
    [0x200, 'ACK_TLVS'],
  ],
}

/** The names of nlmsg_flags; what the higher ones mean depends on the message's type (man 7 netlink). */
export function flagNames(name: string | undefined, flags: number): string[] {
  const verb = /_GET/.test(name ?? '')
    ? 'get'
    : /_NEW|_SET/.test(name ?? '')
      ? 'new'
      : /_DEL/.test(name ?? '')
        ? 'delete'
        : 'acknowledgement'
  const names: string[] = []
  let rest = flags
  for (const [bit, text] of [...SHARED_FLAGS, ...FLAGS_BY_VERB[verb]!]) {
    if ((rest & bit) !== bit) continue
    names.push(text)
    rest &= ~bit
  }
  if (rest !== 0) names.push(`0x${rest.toString(16)}`)
  return names
}

/**
 * A message for people, a line for each field and attribute: its name and value to the left, its place (bytes from the
 * message's start) and its bytes to the right.
 */
export function formatMessage(protocol: Protocol, bytes: Uint8Array, direction?: TracedMessage['direction']): string {
  if (bytes.length < HEADER_SIZE) return `${arrow(direction)}${bytes.length} bytes, no message: ${toHex(bytes)}`
  const type = u16.at(bytes, 4)
  const known = messageType(protocol, type)
  const flags = flagNames(known?.name, u16.at(bytes, 6)).join(',') || '0'
  const length = u32.at(bytes, 0)
  const lines = [
    `${arrow(direction)}${known?.name ?? `type ${type}`} length ${length} flags ${flags} seq ${u32.at(bytes, 8)} port ${u32.at(bytes, 12)}`,
  ]
  const end = Math.min(length, bytes.length)
  if (known === undefined) lines.push(...row('payload', '', HEADER_SIZE, bytes.subarray(HEADER_SIZE, end), 1))
  else {
    const parts = dissect(known.codec, bytes, HEADER_SIZE, end)
    if (parts.length > 0) for (const part of parts) lines.push(...describe(part, bytes, 1))
    else if (end > HEADER_SIZE) {
      const value: unknown = known.codec.read(bytes, HEADER_SIZE, end, HEADER_SIZE, {})
      lines.push(...row('payload', show(value), HEADER_SIZE, bytes.subarray(HEADER_SIZE, end), 1))
    }
  }
  return lines.join('\n')
}

function arrow(direction: TracedMessage['direction'] | undefined): string {
  return direction === undefined ? '' : direction === 'sent' ? '> ' : '< '
}

function describe(part: Part, bytes: Uint8Array, depth: number): string[] {
  const { name, children, start, end, type, value, error } = part
  const label = type === undefined ? name : `${name} (${type & 0x3fff})`
  if (children === undefined) {
    return row(
      label,
      error === undefined ? show(value) : `unreadable: ${error}`,
      start,
      bytes.subarray(start, end),
      depth,
    )
  }
  const own = bytes.subarray(start, type === undefined ? start : start + 4)
  const rows = row(label, error === undefined ? '' : `unreadable: ${error}`, start, own, depth)
  for (const child of children) rows.push(...describe(child, bytes, depth + 1))
  return rows
}

const BYTES_A_ROW = 16

function row(label: string, text: string, at: number, bytes: Uint8Array, depth: number): string[] {
  const left = `${'  '.repeat(depth)}${label}${text === '' ? '' : ` ${text}`}`
  const rows: string[] = []
  for (let i = 0; i < Math.max(bytes.length, 1) && i < 64; i += BYTES_A_ROW) {
    const hex = toHex(bytes.subarray(i, i + BYTES_A_ROW)).replace(/../g, '$& ')
    const more = i + BYTES_A_ROW >= 64 && bytes.length > 64 ? `… ${bytes.length} bytes` : ''
    const place = String(at + i).padStart(5)
    rows.push(`${(i === 0 ? left : '').padEnd(48)} ${place}  ${hex}${more}`.trimEnd())
  }
  return rows
}

function show(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return value.length > 32 ? `${value.length} bytes` : toHex(value)
  return JSON.stringify(value, forJson)
}

/** For JSON.stringify: bytes as hex, large counters as decimal text. */
export function forJson(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  return typeof value === 'bigint' ? value.toString() : value
}
