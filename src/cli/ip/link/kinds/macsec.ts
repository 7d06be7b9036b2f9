import {
  CommandFailure,
  choice,
  cInteger,
  cNumber,
  duplicate,
  garbage,
  lladdrBytes,
  offOn,
  type Reader,
  u16,
  u32,
  type Words,
  wrong,
} from '../../../grammar/index.ts'
import type { InputOf } from './data.ts'
import { type KindDraft, kindRows, linkKind } from './kind.ts'
import { macsecFields } from './macsec-fields.ts'

const usage = `Usage: ... macsec [ [ address <lladdr> ] port { 1..2^16-1 } | sci <u64> ]
                  [ cipher { default | gcm-aes-128 | gcm-aes-256 | gcm-aes-xpn-128 | gcm-aes-xpn-256 } ]
                  [ icvlen { 8..16 } ]
                  [ encrypt { on | off } ]
                  [ send_sci { on | off } ]
                  [ end_station { on | off } ]
                  [ scb { on | off } ]
                  [ protect { on | off } ]
                  [ replay { on | off} window { 0..2^32-1 } ]
                  [ validate { strict | check | disabled } ]
                  [ encodingsa { 0..3 } ]
                  [ offload { mac | phy | off } ]`

type Input = InputOf<'macsec'>
type Draft = KindDraft<Input>

const { option } = kindRows<Input>()

/** Cipher suites by their numbers in IEEE 802.1AE. */
const CIPHERS: Readonly<Record<string, bigint>> = {
  'gcm-aes-128': 0x0080c20001000001n,
  'gcm-aes-256': 0x0080c20001000002n,
  'gcm-aes-xpn-128': 0x0080c20001000003n,
  'gcm-aes-xpn-256': 0x0080c20001000004n,
}
/** The number that the first of them had before. */
const DEFAULT_CIPHER = 0x0080020001000001n

const cipher: Reader<bigint, Draft> = {
  hint: '{ default | gcm-aes-128 | gcm-aes-256 | gcm-aes-xpn-128 | gcm-aes-xpn-256 }',
  read({ current }, { request }) {
    if (request.cipherSuite !== undefined) throw duplicate('cipher', current)
    if (current === 'default') return DEFAULT_CIPHER
    const name = current === current.toUpperCase() ? current.toLowerCase() : current
    const found = Object.hasOwn(CIPHERS, name) ? CIPHERS[name] : undefined
    if (found !== undefined) return found
    throw wrong(current, 'expected: default, gcm-aes-128, gcm-aes-256, gcm-aes-xpn-128 or gcm-aes-xpn-256')
  },
}

const [SHORTEST, LONGEST] = [8, 16]
const checkLength: Reader<number, Draft> = {
  hint: '{ 8..16 }',
  read({ current }, { request }) {
    if (request.icvLen !== undefined) throw duplicate('icvlen', current)
    const length = cNumber(current, 0, 255, 10)
    if (length === undefined) throw wrong(current, 'expected ICV length')
    if (length < SHORTEST || length > LONGEST) throw wrong(current, 'ICV length must be in the range {8..16}')
    return length
  },
}

const association: Reader<number> = {
  hint: '{ 0..3 }',
  read({ current }) {
    const value = cNumber(current, 0, 3)
    if (value === undefined) throw wrong(current, 'expected an { 0..3 }')
    return value
  },
}

/** One of a few words, or a beginning of one, refused with all of them. */
function oneOf<const Word extends string>(name: string, ...words: readonly Word[]): Reader<Word> {
  const all = words.map((word) => `"${word}"`).join(', ')
  return choice(Object.fromEntries(words.map((word) => [`${word}*`, word])) as Record<string, Word>, (word) => {
    return new CommandFailure(`Error: argument of "${name}" must be one of ${all}, not "${word}"`, 1)
  })
}

function finish({ request }: Draft): void {
  const { incSci, es, scb, window, replayProtect } = request
  if ([incSci, es, scb].filter(Boolean).length > 1) {
    throw new CommandFailure('invalid combination of send_sci/end_station/scb', 1)
  }
  const hint = 'did you mean'
  if (window !== undefined && replayProtect === undefined) {
    const why = `replay window set, but replay protection not enabled. ${hint} 'replay on window ${window}'?`
    throw new CommandFailure(why, 1)
  }
  if (window === undefined && replayProtect === true) {
    const why = `replay protection enabled, but no window set. ${hint} 'replay on window VALUE'?`
    throw new CommandFailure(why, 1)
  }
  if (replayProtect !== undefined) request.window ??= 0xffffffff
}

export const macsec = linkKind<Input>('macsec', () => ({
  usage,
  help: 'none',
  lead: readIdentifier,
  keywords: [
    option('cipher', cipher, 'cipherSuite'),
    option('icvlen', checkLength, 'icvLen'),
    option('encrypt', offOn('encrypt', 1), 'encrypt'),
    option('send_sci', offOn('send_sci', 1), 'incSci'),
    option('end_station', offOn('end_station', 1), 'es'),
    option('scb', offOn('scb', 1), 'scb'),
    option('protect', offOn('protect', 1), 'protect'),
    option('replay', offOn('replay', 1), 'replayProtect'),
    option('window', u32('expected replay window size'), 'window'),
    option('validate', oneOf('validate', 'disabled', 'check', 'strict'), 'validation'),
    option('encodingsa', association, ({ request }, value) => {
      if (request.encodingSa !== undefined) throw garbage('encodingsa', 'encodingsa')
      request.encodingSa = value
    }),
    option('offload', oneOf('offload', 'off', 'phy', 'mac'), 'offload'),
  ],
  finish,
  print: macsecFields,
}))

/** The words before the others: the channel's identifier as one number, or its parts, the port last. */
function readIdentifier(words: Words): Pick<Input, 'sci' | 'port'> {
  let address: Uint8Array | undefined
  for (; !words.done; words.advance()) {
    const word = words.current
    if (word === 'sci') {
      if (address !== undefined) throw wrong(word, 'expected port')
      const sci = cInteger(words.next(), 16)
      if (sci === undefined || sci < 0n || sci >= 1n << 64n) throw wrong(words.current, 'expected sci')
      words.advance()
      return sci === 0n ? { port: 0 } : { sci }
    }
    if (word === 'address') {
      address = readAddress(words.next())
    } else if (word === 'port') {
      words.next()
      const port = u16('expected port').read(words, undefined)
      if (port === 0) throw wrong(words.current, 'expected port != 0')
      words.advance()
      return address === undefined ? { port } : { sci: identifier(address, port) }
    } else break
  }
  return address === undefined ? {} : { port: 0 }
}

function readAddress(word: string): Uint8Array {
  try {
    return lladdrBytes(word, 6)
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    throw new CommandFailure(`${error.message}\n${wrong(word, 'expected lladdr').message}`, 255)
  }
}

/** An address and a port as one number. */
function identifier(address: Uint8Array, port: number): bigint {
  return address.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) * 65536n + BigInt(port)
}
