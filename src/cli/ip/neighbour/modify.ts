import type { Request } from '../../../netlink/index.ts'
import { neighbour } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  addressText,
  CommandFailure,
  duplicate,
  expectAddress,
  findDevice,
  type Grammar,
  garbage,
  lladdrBytes,
  lladdrText,
  parse,
  type Reader,
  type Run,
  rows,
  text,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import { ending } from '../../report.ts'
import type { Session } from '../../session.ts'
import { readState, type State } from './state.ts'
import { neighbourUsage } from './usage.ts'

type Flag = keyof typeof neighbour.NEIGHBOUR_FLAGS

export interface NeighbourDraft {
  readonly session: Session
  readonly request: { state?: readonly State[]; protocol?: number; flagsExt?: readonly 'managed'[] }
  readonly flags: Set<Flag>
  destination?: Address
  device?: string
  lladdr?: string
}

const { option, flag } = rows<NeighbourDraft>()

const state: Reader<readonly State[]> = {
  hint: 'STATE',
  read({ current }) {
    const states = readState(current)
    if (states === undefined) throw wrong(current, 'nud state is bad')
    return states
  },
}

/** An address that the host answers for. */
export const proxied: Reader<Address, NeighbourDraft> = {
  hint: 'ADDR',
  read({ current }, { session, destination }) {
    if (abbreviates(current, 'help')) throw usage(neighbourUsage)
    if (destination !== undefined) throw duplicate('address', current)
    return expectAddress(current, session.options.family)
  },
}

export const proxy = option('proxy*', proxied, (draft, address) => {
  draft.destination = address
  draft.flags.add('proxy')
})

function takeDestination({ current }: Words, draft: NeighbourDraft): void {
  if (draft.destination !== undefined) throw garbage('to', current)
  draft.destination = expectAddress(current, draft.session.options.family)
}

export const destination: Grammar<NeighbourDraft>['otherwise'] = {
  introducer: 'to',
  name: 'to',
  hint: 'ADDR',
  given: (draft) => draft.destination !== undefined,
  take: takeDestination,
}

export const neighbourGrammar: Grammar<NeighbourDraft> = {
  keywords: [
    option(
      'lladdr*',
      text('LLADDR'),
      (draft, word) => {
        draft.lladdr = word
      },
      { once: 'lladdr' },
    ),
    option('nud', state, 'state'),
    proxy,
    flag('router', ({ flags }) => flags.add('router')),
    flag('use', ({ flags }) => flags.add('use')),
    flag('managed', ({ request }) => {
      request.flagsExt = ['managed']
      request.state = []
    }),
    flag('extern_learn*', ({ flags }) => flags.add('ext-learned')),
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('protocol*', named('protocol', '"protocol" value is invalid\n', 'PROTO'), 'protocol'),
    // iproute2 passes over "help" and takes the word after it for the address.
    flag('help*', (draft, words) => {
      words.next()
      takeDestination(words, draft)
    }),
  ],
  usage: neighbourUsage,
  otherwise: destination,
}

/** `ip neigh add`, `change`, `replace` and `delete`, which take the same words. */
function modify(build: (settings: neighbour.NeighbourSettings) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: NeighbourDraft = { session, request: {}, flags: new Set() }
    parse(neighbourGrammar, words, draft)
    const { destination, device, flags, lladdr, request } = draft
    if ((device === undefined && !flags.has('proxy')) || destination === undefined || destination.family === 'unspec') {
      throw new CommandFailure('Device and destination are required arguments.', 255)
    }
    const hardware = lladdr === undefined || lladdr === 'null' ? undefined : lladdrText(lladdrBytes(lladdr, 20))
    const index = device === undefined ? 0 : findDevice(draft, device)
    checkDestination(destination)
    const settings = {
      ...request,
      family: destination.family,
      index,
      dst: addressText(destination),
      lladdr: hardware,
      flags: [...flags],
    }
    ending(() => session.route.change(build(settings)))
    return 0
  }
}

/** What the kernel says of a destination that is itself a link's address, and of one without bytes (`any`). Throws CommandFailure. */
function checkDestination({ family, bytes }: Address): void {
  const refused = (text: string) => new CommandFailure(text, 2, { ends: true })
  if (family === 'packet') throw refused('RTNETLINK answers: Address family not supported by protocol')
  if (bytes.length > 0) return
  throw refused(`Error: ${family === 'bridge' ? 'invalid' : 'Invalid network'} address.`)
}

export const add = modify(neighbour.add)
export const change = modify(neighbour.change)
export const replace = modify(neighbour.replace)
export const remove = modify(neighbour.delete)
