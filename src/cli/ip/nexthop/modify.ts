import type { Request } from '../../../netlink/index.ts'
import { nexthop } from '../../../rtnl/index.ts'
import { telling } from '../../echo.ts'
import {
  addressText,
  CommandFailure,
  cNumber,
  device,
  expectAddress,
  type Family,
  familyNamed,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  u16,
  usage,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { emptyAddress } from '../empty-address.ts'
import { encapKeyword } from '../encap/index.ts'
import { printNexthop } from './print.ts'
import { nexthopUsage } from './usage.ts'
import { id } from './values.ts'

interface NexthopDraft {
  readonly session: Session
  family: Family
  readonly request: { -readonly [K in keyof nexthop.NexthopInput]: nexthop.NexthopInput[K] }
}

const { option, flag } = rows<NexthopDraft>()
type Group = NonNullable<nexthop.NexthopInput['group']>

/** `ID[,WEIGHT]/…`. */
const group: Reader<Group> = {
  hint: 'GROUP',
  read({ current }) {
    // Cut up in place: the error shows what is left of it.
    const fail = () => wrong(/^[^/,]*/.exec(current)?.[0] ?? '', '"group" value is invalid\n')
    return current.split('/').map((member) => {
      const [number = '', share] = member.split(/,(.*)/s)
      const id = cNumber(number, 0, 0xffffffff)
      if (id === undefined) throw fail()
      if (share === undefined) return { id, weight: 1 }
      const weight = cNumber(share, 1, 256)
      if (weight === undefined) throw wrong(share, '"weight" is invalid\n')
      return { id, weight }
    })
  },
}

const via: Reader<string, NexthopDraft> = {
  hint: '[ FAMILY ] ADDRESS',
  read(words, draft) {
    const said = familyNamed(words.current)
    if (said !== 'unspec') words.next()
    const found = expectAddress(words.current, said === 'unspec' ? draft.family : said)
    if (draft.family === 'unspec') draft.family = found.family
    else if (draft.family !== found.family) throw wrong(words.current, 'address family mismatch\n')
    return addressText(found)
  },
}

type Resilience = NonNullable<nexthop.NexthopInput['resGroup']>
const MOST_SECONDS = 42949672
const TIMERS = { idle_timer: ['idleTimer', 'idle'], unbalanced_timer: ['unbalancedTimer', 'unbalanced'] } as const

/** What follows `type resilient`, up to a word that belongs to the next hop. */
const type: Reader<{ groupType: 'mpath' | 'resilient'; resGroup?: Resilience }> = {
  hint: 'TYPE [ TYPE_ARGS ]',
  choices: ['mpath', 'resilient'],
  read(words, draft) {
    const name = words.current
    if (name === 'mpath') return { groupType: name }
    if (name !== 'resilient') throw wrong(name, '"type" value is invalid\n')
    if (!words.hasNext) return { groupType: name }
    const resGroup: { buckets?: number; idleTimer?: number; unbalancedTimer?: number } = {}
    while (words.hasNext) {
      const word = words.following
      if (word === 'buckets') {
        words.next()
        words.next()
        resGroup.buckets = u16('invalid buckets value').read(words, draft)
      } else if (word === 'idle_timer' || word === 'unbalanced_timer') {
        words.next()
        const [key, name] = TIMERS[word]
        const seconds = cNumber(words.next(), 0, MOST_SECONDS - 1)
        if (seconds === undefined) throw wrong(words.current, `invalid ${name} timer value`)
        resGroup[key] = seconds * 100
      } else break
    }
    return { groupType: name, resGroup }
  },
}

export const nexthopGrammar: Grammar<NexthopDraft> = {
  usage: nexthopUsage,
  keywords: [
    option('id', id, 'id'),
    option('dev', device('Device does not exist\n'), (draft, index) => {
      draft.request.oif = index
      if (draft.family === 'unspec') draft.family = 'inet'
    }),
    option('via', via, 'via'),
    encapKeyword(),
    flag('blackhole', (draft) => {
      draft.request.blackhole = true
      if (draft.family === 'unspec') draft.family = 'inet'
    }),
    flag('fdb', 'fdb', true),
    flag('onlink', 'flags', ['onlink']),
    option('group', group, 'group'),
    option('type', type, ({ request }, found) => {
      Object.assign(request, found)
    }),
    option('protocol*', named('protocol', '"protocol" value is invalid\n', 'PROTO'), 'protocol'),
  ],
  otherwise({ current }) {
    throw current === 'help' ? usage(nexthopUsage) : wrong(current, '')
  },
}

function modify(build: (settings: nexthop.NexthopInput) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: NexthopDraft = { session, family: session.options.family, request: {} }
    parse(nexthopGrammar, words, draft)
    session.route.finish(
      build({ ...draft.request, family: draft.family } as nexthop.NexthopInput),
      telling(session, (item: nexthop.Nexthop) => printNexthop(item, session)),
    )
    return 0
  }
}

/** Refuses, as the kernel does, a gateway that is no internet address. */
function withGateway(build: typeof nexthop.add): typeof nexthop.add {
  return (settings) => {
    const { family, via, oif, blackhole, fdb } = settings as nexthop.NexthopInput
    if (via !== undefined && family !== 'inet' && family !== 'inet6') throw emptyAddress('Invalid address family.')
    if (via === '') {
      if (oif !== undefined || blackhole || fdb) throw emptyAddress('Invalid gateway.')
      throw emptyAddress('Device attribute required for non-blackhole and non-fdb nexthops.')
    }
    return build(settings)
  }
}

export const add = modify(withGateway(nexthop.add))
export const replace = modify(withGateway(nexthop.replace))
/** The kernel wants to be told the id alone. */
export const remove = modify(({ id, family, ...rest }) => {
  void family
  if (Object.keys(rest).some((key) => key !== 'protocol' && key !== 'flags')) {
    throw new CommandFailure('Error: Unknown attribute type.', 2)
  }
  if (rest.protocol || rest.flags !== undefined) throw new CommandFailure('Error: Invalid values in header.', 2)
  if (id === undefined) throw new CommandFailure('Error: Nexthop id is missing.', 2)
  return nexthop.delete({ id })
})
