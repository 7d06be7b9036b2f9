import { tunnel } from '../../../rtnl/index.ts'
import type { Run, Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { namesIn } from '../link/kinds/bit-names.ts'
import { FLOW_LABEL, TRAFFIC_CLASS } from '../link/kinds/outer-ipv6.ts'
import { attempt, tolerate } from './calls.ts'
import { ANYTHING, fallbackOf, type Ipv6Tunnel, NEW, readIpv6 } from './ipv6.ts'
import { listTunnels } from './list.ts'
import { printIpv6 } from './print-ipv6.ts'

const { inet6 } = tunnel

const get = (session: Session, name: string): Ipv6Tunnel => {
  return { ...attempt(session, `get tunnel "${name}"`, () => inet6.get(name)) }
}

export const add: Run<Session> = (session, words) => {
  const wanted = readIpv6(session, words, NEW)
  if (wanted.name === '') session.complain('Tunnel interface name not specified')
  const fallback = fallbackOf(wanted)
  attempt(session, `add tunnel "${fallback}"`, () => inet6.add(fallback, wanted))
  return 0
}

export const change: Run<Session> = (session, words) => {
  const wanted = readIpv6(session, words, NEW, (name) => get(session, name))
  if (wanted.name === '') session.complain('Tunnel interface name not specified')
  const target = wanted.name || fallbackOf(wanted)
  attempt(session, `add tunnel "${target}"`, () => inet6.change(target, wanted))
  return 0
}

export const remove: Run<Session> = (session, words) => {
  const wanted = readIpv6(session, words, NEW)
  const target = wanted.name || fallbackOf(wanted)
  attempt(session, `delete tunnel "${target}"`, () => inet6.delete(target, wanted))
  return 0
}

export function show(session: Session, words: Words): number {
  const wanted = readIpv6(session, words, ANYTHING)
  if (wanted.name === '' || session.options.stats > 0) return list(session, wanted)
  const found = get(session, wanted.name)
  // The line does not end here, as it does in a list.
  session.printer.records(() => session.printer.object(undefined, () => printIpv6(found, session)))
  return 0
}

function matches(wanted: Ipv6Tunnel, found: Ipv6Tunnel): boolean {
  const same = (part: number) => (wanted.flowinfo & part) === 0 || ((wanted.flowinfo ^ found.flowinfo) & part) === 0
  const flags = namesIn(wanted.flags)
  return (
    (wanted.link === 0 || wanted.link === found.link) &&
    (wanted.local === '::' || wanted.local === found.local) &&
    (wanted.remote === '::' || wanted.remote === found.remote) &&
    (wanted.protocol === 0 || found.protocol === 0 || wanted.protocol === found.protocol) &&
    (wanted.encapLimit === 0 || wanted.encapLimit === found.encapLimit) &&
    (wanted.hopLimit === 0 || wanted.hopLimit === found.hopLimit) &&
    same(TRAFFIC_CLASS) &&
    same(FLOW_LABEL) &&
    (flags.length === 0 || flags.some((flag) => found.flags.includes(flag)))
  )
}

function list(session: Session, wanted: Ipv6Tunnel): number {
  return listTunnels(session, {
    types: ['tunnel6', 'gre6'],
    name: wanted.name,
    find({ name = '' }) {
      const found = tolerate(session, `get tunnel "${name}"`, () => inet6.get(name))
      return found !== undefined && matches(wanted, found) ? found : undefined
    },
    print: (found) => printIpv6(found, session),
  })
}
