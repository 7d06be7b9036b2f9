import type { Request } from '../../../netlink/index.ts'
import { bridge } from '../../../rtnl/index.ts'
import {
  type Address,
  addressText,
  expectAddress,
  type Grammar,
  isMulticast,
  type Keyword,
  parse,
  type Run,
  rows,
  text,
  usage,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed } from '../failure.ts'
import { asInteger, findNamed } from '../words.ts'
import { vniUsage } from './usage.ts'

interface VniDraft {
  readonly session: Session
  readonly request: object
  device?: string
  vnis?: string
  group?: Address
}

const { option, flag } = rows<VniDraft>()

/** `group` and `remote`: a second one of either is refused before its address is looked at. */
function farEnd(word: string, check: (address: Address, word: string) => void): Keyword<VniDraft> {
  return flag(word, (draft, words) => {
    if (draft.group !== undefined) throw wrong(words.current, 'duplicate group')
    const address = expectAddress(words.next(), 'unspec')
    check(address, words.current)
    draft.group = address
  })
}

const grammar: Grammar<VniDraft> = {
  keywords: [
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('vni', text('VNI'), (draft, word) => {
      if (draft.vnis !== undefined) throw wrong(word, 'duplicate vni')
      draft.vnis = word
    }),
    farEnd('group', (address, word) => {
      if (!isMulticast(address)) throw wrong(word, 'invalid group address')
    }),
    farEnd('remote', () => {}),
  ],
  usage: vniUsage,
  otherwise({ current }) {
    if (current === 'help') throw usage(vniUsage)
  },
}

/** `100`, `100-110`, or several of these between commas. What is no number is 0. */
function readVnis(list: string): { start: number; end: number | undefined }[] {
  const parts = list.split(',').filter((part) => part !== '')
  return parts.map((part) => {
    const dash = part.indexOf('-')
    const start = asInteger(dash < 0 ? part : part.slice(0, dash), 32) >>> 0
    const end = dash < 0 ? 0 : asInteger(part.slice(dash + 1), 32) >>> 0
    return { start, end: end === 0 ? undefined : end }
  })
}

/** `bridge vni add` and `delete`, which take the same words. */
function modify(build: (settings: bridge.vni.VniSettings) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: VniDraft = { session, request: {} }
    parse(grammar, words, draft)
    const { device, vnis, group } = draft
    if (device === undefined || vnis === undefined) {
      throw failed('Device and VNI ID are required arguments.')
    }
    const list = readVnis(vnis)
    const index = findNamed(draft, 'vxlan device', device)
    session.route.finish(build({ index, vnis: list, group: group && addressText(group) }))
    return 0
  }
}

export const add = modify(bridge.vni.add)
export const remove = modify(bridge.vni.delete)
