import { tunnel } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  expectPrefix,
  isDeviceName,
  type Keyword,
  parse,
  type Reader,
  type Run,
  rows,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { attempt } from './calls.ts'
import { quad } from './ipv4.ts'

// `ip tunnel prl` and `ip tunnel 6rd`: what only sit links have.

interface Draft<Change> {
  readonly request: { -readonly [K in keyof Change]?: Change[K] }
  /** The link. */
  device?: string
}

const device: Reader<string> = {
  hint: 'PHYS_DEV',
  read({ current }) {
    if (!isDeviceName(current)) throw wrong(current, '"dev" not a valid ifname')
    return current
  },
}

/** The link, after the words of a change. */
function dev<Change extends object>(): Keyword<Draft<Change>> {
  return rows<Draft<Change>>().option('dev', device, (draft, name) => {
    draft.device = name
  })
}

/** Reads all words, and says what is done to which link. Throws CommandFailure. */
function read<Change>(
  words: Words,
  what: string,
  keywords: readonly Keyword<Draft<Change>>[],
): Required<Draft<Change>> {
  const draft: Draft<Change> = { request: {} }
  const otherwise = ({ current }: Words) => {
    throw new CommandFailure(`Invalid ${what} parameter "${current}"`, 255)
  }
  parse({ keywords, usage: '', otherwise }, words, draft)
  if (draft.device === undefined) throw new CommandFailure('Must specify device', 255)
  return { ...draft, device: draft.device }
}

const nothingAsked = (device: string) => {
  return new CommandFailure(`${device}: ioctl 0 failed: Inappropriate ioctl for device`, 1)
}

interface RouterChange {
  readonly verb: 'add' | 'delete'
  readonly address: string
  readonly flags: number
}

const DEFAULT_ROUTER = 1

function routerKeyword(notation: string, verb: RouterChange['verb'], flags: number): Keyword<Draft<RouterChange>> {
  return rows<Draft<RouterChange>>().option(notation, quad, ({ request }, address) => {
    if (request.verb !== undefined) throw new CommandFailure('One PRL entry at a time', 255)
    Object.assign(request, { verb, address, flags })
  })
}

export const routerKeywords: readonly Keyword<Draft<RouterChange>>[] = [
  routerKeyword('prl-default', 'add', DEFAULT_ROUTER),
  routerKeyword('prl-nodefault', 'add', 0),
  routerKeyword('prl-delete', 'delete', 0),
  dev(),
]

/** The potential routers of an ISATAP link. */
export const changeRouters: Run<Session> = (session, words) => {
  const { request, device } = read<RouterChange>(words, 'PRL', routerKeywords)
  const { verb, address = '0.0.0.0', flags = 0 } = request
  if (verb === undefined) throw nothingAsked(device)
  attempt(session, `${device}: ioctl ${verb === 'add' ? '89f5' : '89f6'}`, () => {
    tunnel.potentialRouters[verb](device, { address, flags, size: 0 })
  })
  return 0
}

interface Deployment {
  readonly verb: 'set' | 'reset'
  readonly prefix: string
  readonly prefixLength: number
  readonly relayPrefix: string
  readonly relayPrefixLength: number
}

const { option, flag } = rows<Draft<Deployment>>()

const prefix = (family: 'inet' | 'inet6'): Reader<{ readonly address: string; readonly length: number }> => ({
  hint: 'ADDR',
  read({ current }) {
    const found = expectPrefix(current, family)
    return { address: addressText(found) || (family === 'inet' ? '0.0.0.0' : '::'), length: found.length }
  },
})

export const deploymentKeywords: readonly Keyword<Draft<Deployment>>[] = [
  option('6rd-prefix', prefix('inet6'), ({ request }, { address, length }) => {
    Object.assign(request, { verb: 'set', prefix: address, prefixLength: length })
  }),
  option('6rd-relay_prefix', prefix('inet'), ({ request }, { address, length }) => {
    Object.assign(request, { verb: 'set', relayPrefix: address, relayPrefixLength: length })
  }),
  flag('6rd-reset', ({ request }) => {
    request.verb = 'reset'
  }),
  dev(),
]

/** IPv6 rapid deployment on a sit link. */
export const changeDeployment: Run<Session> = (session, words) => {
  const { request, device } = read<Deployment>(words, '6RD', deploymentKeywords)
  const { verb, ...given } = request
  if (verb === undefined) throw nothingAsked(device)
  attempt(session, `${device}: ioctl ${verb === 'set' ? '89f9' : '89fa'}`, () => {
    const none = { prefix: '::', relayPrefix: '0.0.0.0', prefixLength: 0, relayPrefixLength: 0 }
    tunnel.deployment[verb](device, { ...none, ...given })
  })
  return 0
}
