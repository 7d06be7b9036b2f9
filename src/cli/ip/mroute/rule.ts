import { FAMILIES } from '../../../rtnl/index.ts'
import { CommandFailure, type CommandTable, type Family, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { command as rule } from '../rule/index.ts'

const MULTICAST: Partial<Record<Family, Family>> = { unspec: 'ipmr', inet: 'ipmr', inet6: 'ip6mr' }

function multicast(run: Run<Session>): Run<Session> {
  return (session, words) => {
    const { options } = session
    return run({ ...session, options: { ...options, family: MULTICAST[options.family] ?? options.family } }, words)
  }
}

/** `ip mrule`: the rules of multicast routing, with the words of `ip rule`. */
export const command: CommandTable<Session> = {
  ...rule,
  otherwise: multicast(rule.otherwise),
  verbs: rule.verbs.map((verb) => ({ ...verb, run: multicast(verb.run) })),
  before({ options: { family } }) {
    if (MULTICAST[family] !== undefined) return
    const text = `Multicast rules are only supported for IPv4/IPv6, was: ${FAMILIES[family]}`
    throw new CommandFailure(text, 255)
  },
}
