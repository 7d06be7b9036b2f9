import { readdirSync, readFileSync } from 'node:fs'
import {
  type AnyCodec,
  dissect,
  encodeRequest,
  frames,
  HEADER_SIZE,
  type Infer,
  type MessageType,
  type Part,
  type Request,
  toHex,
  Writer,
} from '../src/netlink/index.ts'

/** A file of fixtures/: what the real tools and the kernel said to each other. */
export interface Fixture {
  /** Such as `link/veth`. */
  readonly file: string
  readonly kernel: string
  readonly iproute2: string
  readonly exchanges: readonly Exchange[]
}

export interface Exchange {
  readonly command: string
  readonly protocol: string
  readonly stdout?: string
  readonly stderr?: string
  readonly messages: readonly { readonly direction: 'sent' | 'received'; readonly hex: string }[]
}

/** One message of an exchange. */
export interface Captured {
  /** For the titles of tests: file, command and place. */
  readonly where: string
  readonly command: string
  readonly direction: 'sent' | 'received'
  readonly type: number
  readonly flags: number
  /** What follows struct nlmsghdr. */
  readonly payload: Uint8Array
}

/** The fixtures of one folder of fixtures/, or of all. */
export function loadFixtures(folder?: string): Fixture[] {
  const root = new URL('../fixtures/', import.meta.url)
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const wanted = folders.map((entry) => entry.name).filter((name) => folder === undefined || name === folder)
  return wanted.flatMap((name) =>
    readdirSync(new URL(`${name}/`, root))
      .filter((file) => file.endsWith('.json'))
      .map((file) => ({
        file: `${name}/${file.replace(/\.json$/, '')}`,
        ...(JSON.parse(readFileSync(new URL(`${name}/${file}`, root), 'utf8')) as Omit<Fixture, 'file'>),
      })),
  )
}

/** Every message of the fixtures, whatever its type; those of a datagram one by one. */
export function captured(fixtures: readonly Fixture[], protocol = 'route'): Captured[] {
  const found: Captured[] = []
  for (const { file, exchanges } of fixtures) {
    for (const exchange of exchanges.filter((one) => one.protocol === protocol)) {
      for (const message of messagesIn(exchange)) found.push({ ...message, where: `${file}: ${message.where}` })
    }
  }
  return found
}

/** The messages of one exchange. */
export function messagesIn({ command, messages }: Exchange): Captured[] {
  return messages.flatMap(({ direction, hex }, i) => {
    const bytes = fromHex(hex)
    return [...frames(bytes, 0, bytes.length)].map(({ type, flags, start, end }, j) => ({
      where: `${command} [${i}.${j}]`,
      command,
      direction,
      type,
      flags,
      payload: bytes.slice(start + HEADER_SIZE, end),
    }))
  })
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function decode<C extends AnyCodec>(codec: C, payload: Uint8Array): Infer<C> {
  return codec.read(payload, 0, payload.length, -1, {}) as Infer<C>
}

export function encode(codec: AnyCodec, value: unknown): Uint8Array {
  const writer = new Writer()
  codec.write(writer, value, {})
  return writer.finish()
}

/** A copy of a decoded value that remembers nothing of how it stood on the wire. */
export function plainCopy<T>(value: T): T {
  return structuredClone(value)
}

/** A message as a tree: its header's fields and its attributes by number, in an order of their own. */
export interface Tree {
  /** Absent for the fields of a header. */
  readonly type?: number
  readonly name: string
  /** Hex where there are no attributes inside. */
  readonly payload?: string
  readonly children?: readonly Tree[]
}

/**
 * The tree of a message. Attributes are in the order of their numbers, those of one number in the order of the wire. Type flags
 * are left out unless asked for: the kernel looks at them only where the attribute's policy is strict.
 */
export function treeOf(codec: AnyCodec, payload: Uint8Array, { flags = false } = {}): Tree[] {
  const node = ({ name, type, start, end, children }: Part): Tree => ({
    ...(type === undefined ? {} : { type: flags ? type : type & 0x3fff }),
    name,
    ...(children === undefined
      ? { payload: toHex(payload, type === undefined ? start : start + 4, end) }
      : { children: sorted(children.map(node)) }),
  })
  return sorted(dissect(codec, payload, 0, payload.length).map(node))
}

function sorted(trees: readonly Tree[]): Tree[] {
  return [...trees].sort((a, b) => (a.type ?? -1) - (b.type ?? -1))
}

/** What the request would send, as the captured message that it may be compared with. */
export function sentBy(request: Request<unknown>): Captured {
  const bytes = encodeRequest(request)
  const [only] = messagesIn({
    command: request.operation,
    protocol: 'route',
    messages: [{ direction: 'sent', hex: toHex(bytes) }],
  })
  return only!
}

/** The message by which a command changed something: of all that it sent, the last of one of these types. */
export function changeOf(
  fixtures: readonly Fixture[],
  command: string,
  types: ReadonlyMap<number, MessageType>,
  isChange: (type: number) => boolean,
): Captured | undefined {
  const exchange = fixtures.flatMap(({ exchanges }) => exchanges).find((one) => one.command === command)
  if (exchange === undefined) return undefined
  return messagesIn(exchange).findLast(
    ({ direction, type }) => direction === 'sent' && types.has(type) && isChange(type),
  )
}
