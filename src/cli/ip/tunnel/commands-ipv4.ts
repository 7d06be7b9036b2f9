import { tunnel } from '../../../rtnl/index.ts'
import { CommandFailure, type Run, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { attempt, tolerate } from './calls.ts'
import { fallbackOf, type Ipv4Tunnel, readIpv4 } from './ipv4.ts'
import { listTunnels } from './list.ts'
import { printIpv4 } from './print-ipv4.ts'

const { inet } = tunnel

const get = (session: Session, name: string): Ipv4Tunnel => {
  return { ...attempt(session, `get tunnel "${name}"`, () => inet.get(name)) }
}

/** The kind's fallback. Throws CommandFailure for what cannot be. */
function check(wanted: Ipv4Tunnel): string {
  if (wanted.ttl !== 0 && wanted.fragment === 0) {
    throw new CommandFailure('ttl != 0 and nopmtudisc are incompatible', 1)
  }
  const fallback = fallbackOf(wanted)
  if (fallback === undefined) {
    throw new CommandFailure('cannot determine tunnel mode (ipip, gre, vti or sit)', 1)
  }
  return fallback
}

export const add: Run<Session> = (session, words) => {
  const wanted = readIpv4(session, words)
  const fallback = check(wanted)
  attempt(session, `add tunnel "${fallback}"`, () => inet.add(fallback, wanted))
  return 0
}

export const change: Run<Session> = (session, words) => {
  const wanted = readIpv4(session, words, (name) => get(session, name))
  const fallback = check(wanted)
  const target = wanted.name || fallback
  attempt(session, `add tunnel "${target}"`, () => inet.change(target, wanted))
  return 0
}

export const remove: Run<Session> = (session, words) => {
  const wanted = readIpv4(session, words)
  const target = wanted.name || (fallbackOf(wanted) ?? '')
  attempt(session, `delete tunnel "${target}"`, () => inet.delete(target, wanted))
  return 0
}

export function show(session: Session, words: Words): number {
  const wanted = readIpv4(session, words)
  const fallback = fallbackOf(wanted)
  if (fallback === undefined) return list(session, wanted)
  const found = get(session, wanted.name || fallback)
  session.printer.records(() => session.printer.object(undefined, () => printIpv4(found, session)))
  if (!session.printer.json) session.out.write('\n')
  return 0
}

function list(session: Session, wanted: Ipv4Tunnel): number {
  const matches = (found: Ipv4Tunnel) =>
    (wanted.link === 0 || wanted.link === found.link) &&
    (wanted.remote === '0.0.0.0' || wanted.remote === found.remote) &&
    (wanted.local === '0.0.0.0' || wanted.local === found.local) &&
    (wanted.ikey === 0 || wanted.ikey === found.ikey)
  return listTunnels(session, {
    types: ['ipip', 'gre', 'sit'],
    name: wanted.name,
    find({ name = '' }) {
      const found = tolerate(session, `get tunnel "${name}"`, () => inet.get(name))
      return found !== undefined && matches(found) ? found : undefined
    },
    print: (found) => printIpv4(found, session),
  })
}
