import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { netfilterProtocol } from '../../netfilter/index.ts'
import {
  type AnyCodec,
  CaptureError,
  CodecError,
  DecodeError,
  dissect,
  forJson,
  formatMessage,
  frames,
  genericProtocol,
  HEADER_SIZE,
  type Message,
  messageType,
  type Part,
  type Protocol,
  readCapture,
  TYPE_MASK,
  toHex,
  Writer,
} from '../../netlink/index.ts'
import { routeProtocol } from '../../rtnl/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import { openOutput } from '../print/index.ts'

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  route: routeProtocol,
  generic: genericProtocol,
  netfilter: netfilterProtocol,
}
const LAYERS = ['nlmsg', 'payload', 'attrs'] as const

interface Options {
  protocol: Protocol
  layer: (typeof LAYERS)[number]
  type: number | undefined
  hex: boolean
  json: boolean
  file: string | undefined
}

const USAGE = `Usage: ipts decode [ -j ] FILE.pcap
       ipts decode --hex [ --protocol { route | generic | netfilter } ]
                         [ --layer { nlmsg | payload | attrs } --type N ] < LINES
`

/** `ipts decode`: netlink messages from a capture, or from hex on standard input. The status is 1 where something could not be decoded. */
export const main = ownCommand({
  name: 'decode',
  usage: USAGE,
  usageStatus: 1,
  options: {
    hex: { type: 'boolean', default: false },
    json: { type: 'boolean', short: 'j', default: false },
    protocol: { type: 'string', default: 'route' },
    layer: { type: 'string', default: 'nlmsg' },
    type: { type: 'string' },
  },
  foresees: (error): error is Error => error instanceof CaptureError || isOfFile(error as NodeJS.ErrnoException),
  async run({ hex, json, protocol: name, layer: layerName, type: number }, [file, ...more]) {
    const protocol = Object.hasOwn(PROTOCOLS, name) ? PROTOCOLS[name] : undefined
    if (protocol === undefined) throw new UsageError(`unknown protocol ${JSON.stringify(name)}`)
    const layer = LAYERS.find((known) => known === layerName)
    if (layer === undefined) throw new UsageError(`unknown layer ${JSON.stringify(layerName)}`)
    const type = number === undefined ? undefined : messageNumber(number)
    if (more.length > 0) throw new UsageError(`more than one file: ${JSON.stringify(more[0])}`)
    if (hex === (file !== undefined)) throw new UsageError('either --hex or a file')
    if (layer !== 'nlmsg' && type === undefined) {
      throw new UsageError(`--layer ${layer} needs --type: there is no header to tell it`)
    }
    const options: Options = { protocol, layer, type, hex, json, file }
    return hex ? await decodeLines(options) : decodeCapture(options)
  },
})

/** Not there, a directory, larger than a buffer can be. */
function isOfFile({ syscall, code }: NodeJS.ErrnoException): boolean {
  return syscall === 'open' || syscall === 'read' || code === 'ERR_FS_FILE_TOO_LARGE'
}

function messageNumber(text: string): number {
  const number = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN
  if (!(number >= 0 && number <= 0xffff)) throw new UsageError(`not a message type: ${text}`)
  return number
}

/** What one line of hex becomes. */
export type DecodedLine =
  | {
      type: number | undefined
      flags?: number
      seq?: number
      pid?: number
      message: unknown
      unknown: { path: string; type: number; bytes: string }[]
      reencoded: string
    }
  | { error: string; path: string; offset: number | undefined }

async function decodeLines(options: Options): Promise<number> {
  const output = openOutput(1)
  let failed = false
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const decoded = decodeLine(line, options)
    failed ||= 'error' in decoded
    output.write(`${JSON.stringify(decoded, forJson)}\n`)
    // Whoever asks line by line gets each answer at once.
    output.flush()
  }
  return failed ? 1 : 0
}

/** Decodes one message said as hex. Never throws: what is wrong with the line is its result. */
export function decodeLine(line: string, options: Pick<Options, 'protocol' | 'layer' | 'type'>): DecodedLine {
  const digits = line.replace(/\s+/g, '')
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    const at = /[^0-9a-f]/i.exec(digits)?.index ?? digits.length
    return { error: 'not pairs of hexadecimal digits', path: '', offset: Math.floor(at / 2) }
  }
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  try {
    return options.layer === 'nlmsg' ? decodeMessage(bytes, options.protocol) : decodePart(bytes, options)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    const offset = error instanceof DecodeError ? error.offset : undefined
    return { error: error.reason, path: error.path.join('.'), offset }
  }
}

function decodeMessage(bytes: Uint8Array, protocol: Protocol): DecodedLine {
  const all = [...frames(bytes, 0, bytes.length)]
  const [frame] = all
  if (frame === undefined) throw new DecodeError('no message', bytes, 0, 0)
  if (all.length > 1) throw new DecodeError(`${all.length} messages, one a line`, bytes, frame.end, bytes.length)
  const codec = codecOf(protocol, frame.type)
  const message: unknown = codec.read(bytes, HEADER_SIZE, frame.end, HEADER_SIZE, {})
  const writer = new Writer()
  writer.put(bytes.subarray(0, HEADER_SIZE))
  codec.write(writer, message, {})
  writer.setU32(0, writer.position)
  // What follows the message, padding, is not part of it, but of what was given.
  writer.put(bytes.subarray(frame.end))
  return {
    type: frame.type,
    flags: frame.flags,
    seq: frame.sequence,
    pid: frame.port,
    message,
    unknown: unknownIn(dissect(codec, bytes, HEADER_SIZE, frame.end)),
    reencoded: toHex(writer.finish()),
  }
}

function decodePart(
  bytes: Uint8Array,
  { protocol, layer, type }: Pick<Options, 'protocol' | 'layer' | 'type'>,
): DecodedLine {
  const whole = codecOf(protocol, type!)
  const codec = layer === 'attrs' ? ((whole as Message<unknown, unknown>).attributes ?? whole) : whole
  const message: unknown = codec.read(bytes, 0, bytes.length, layer === 'attrs' ? -1 : 0, {})
  const writer = new Writer()
  codec.write(writer, message, {})
  return {
    type,
    message,
    unknown: unknownIn(dissect(codec, bytes, 0, bytes.length)),
    reencoded: toHex(writer.finish()),
  }
}

function codecOf(protocol: Protocol, type: number): AnyCodec {
  const known = messageType(protocol, type)
  if (known === undefined) {
    throw new DecodeError(`message type ${type} is not known to ${protocol.name}`, new Uint8Array(0), 4, 4)
  }
  return known.codec
}

/** The attributes, at any depth, that no table knows. */
function unknownIn(parts: readonly Part[], path = ''): { path: string; type: number; bytes: string }[] {
  return parts.flatMap((part) => {
    const here = path === '' ? part.name : `${path}.${part.name}`
    if (part.children !== undefined) return unknownIn(part.children, here)
    const type = (part.type ?? 0) & TYPE_MASK
    return part.name === `#${type}` && part.type !== undefined ? [{ path: here, type, bytes: String(part.value) }] : []
  })
}

function decodeCapture({ file, json }: Options): number {
  const output = openOutput(1)
  const byNumber = new Map(Object.values(PROTOCOLS).map((protocol) => [protocol.number, protocol]))
  let failed = false
  try {
    for (const { time, protocol: number, direction, bytes, truncated } of readCapture(readFileSync(file!))) {
      const protocol = byNumber.get(number)
      if (protocol === undefined) {
        const hex = toHex(bytes)
        output.write(
          json
            ? `${JSON.stringify({ time, protocol: number, direction, hex })}\n`
            : `netlink family ${number}: ${hex}\n`,
        )
        continue
      }
      try {
        for (const { start, end } of frames(bytes, 0, bytes.length)) {
          const message = bytes.subarray(start, end)
          if (!json) output.write(`${formatMessage(protocol, message, direction)}\n`)
          else {
            const decoded = decodeLine(toHex(message), { protocol, layer: 'nlmsg', type: undefined })
            failed ||= 'error' in decoded
            output.write(`${JSON.stringify({ time, protocol: protocol.name, direction, ...decoded }, forJson)}\n`)
          }
        }
      } catch (error) {
        if (!(error instanceof CodecError)) throw error
        failed = true
        const text = truncated ? `${error.message}; the capture holds only part of the packet` : error.message
        output.write(json ? `${JSON.stringify({ time, direction, error: text })}\n` : `unreadable: ${text}\n`)
      }
    }
  } finally {
    // What comes before a place that cannot be read stands.
    output.flush()
  }
  return failed ? 1 : 0
}
