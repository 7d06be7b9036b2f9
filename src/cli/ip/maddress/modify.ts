import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { run as runIn } from '../../../netns/index.ts'
import { multicastAddress } from '../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  duplicate,
  type Grammar,
  isDeviceName,
  lladdrBytes,
  lladdrText,
  parse,
  type Reader,
  type Run,
  rows,
  usage,
  type Words,
  type WordTable,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { maddressUsage } from './usage.ts'

const ETHER_SIZE = 6

interface Draft {
  readonly request: { device?: string; address?: Uint8Array }
}

const device: Reader<string> = {
  hint: 'DEVICE',
  read({ current }) {
    if (!isDeviceName(current)) throw wrong(current, '"dev" not a valid ifname')
    return current
  },
}

/** What ends a whole batch with it. */
const failed = (message: string) => new CommandFailure(message, 1, { ends: true })

function bytesOf(word: string): Uint8Array {
  try {
    return lladdrBytes(word, 14)
  } catch (error) {
    throw error instanceof CommandFailure ? failed(error.message) : error
  }
}

function readAddress(words: Words, before: Uint8Array | undefined): Uint8Array {
  if (abbreviates(words.current, 'address')) words.next()
  if (abbreviates(words.current, 'help')) throw usage(maddressUsage)
  if (before?.[0]) throw duplicate('address', words.current)
  const bytes = bytesOf(words.current)
  if (bytes.length === ETHER_SIZE) return bytes
  throw failed(`Error: Invalid address length ${bytes.length} - must be ${ETHER_SIZE} bytes`)
}

const grammar: Grammar<Draft> = {
  usage: maddressUsage,
  keywords: [rows<Draft>().option('dev', device, 'device', { once: 'dev' })],
  otherwise(words, { request }) {
    request.address = readAddress(words, request.address)
  },
}

/** What completion has to know of `otherwise`. */
export const addressWords: WordTable = { ...grammar, otherwise: { introducer: 'address', hint: 'MULTIADDR' } }

/** `ip maddress add` and `delete`: of the link layer alone. */
function modify(act: (link: string, address: string) => void): Run<Session> {
  return ({ namespace, options, out }, words) => {
    const draft: Draft = { request: {} }
    parse(grammar, words, draft)
    const { device, address } = draft.request
    if (device === undefined) throw new CommandFailure('Not enough information: "dev" is required.', 255)
    const [link, text] = [device, lladdrText(address ?? new Uint8Array(ETHER_SIZE))]
    if (options.dryRun) {
      out.write(`${act.name} multicast address ${text} on ${link}\n`)
      return 0
    }
    try {
      if (namespace === undefined) act(link, text)
      else runIn(namespace, () => act(link, text))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw failed(`ioctl: ${errnoMessage(error.errno)}`)
    }
    return 0
  }
}

export const add = modify(multicastAddress.add)
export const remove = modify(multicastAddress.delete)
