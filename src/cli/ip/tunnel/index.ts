import { CommandFailure, type CommandTable, dispatch, help, type Run, verb, type Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import * as ipv4 from './commands-ipv4.ts'
import * as ipv6 from './commands-ipv6.ts'
import { isIpv6Mode } from './ipv6.ts'
import { changeDeployment, changeRouters } from './routers.ts'
import { ipv4Usage, ipv6Usage } from './usage.ts'

const unknown = (hint: string): Run<Session> => {
  return (_session, { current }) => {
    throw new CommandFailure(`Command "${current}" is unknown, try "${hint}`, 255)
  }
}

const overIpv4: CommandTable<Session> = {
  name: 'tunnel',
  otherwise: ipv4.show,
  verbs: [
    verb('add*', ipv4.add),
    verb('change*', ipv4.change),
    verb('delete*', ipv4.remove),
    verb('show*|lst*|list*', ipv4.show),
    verb('prl*', changeRouters),
    verb('6rd*', changeDeployment),
    help(ipv4Usage),
  ],
  unknown: unknown('ip tunnel help"'),
}

const overIpv6: CommandTable<Session> = {
  name: 'tunnel',
  otherwise: ipv6.show,
  verbs: [
    verb('add*', ipv6.add),
    verb('change*', ipv6.change),
    verb('delete*', ipv6.remove),
    verb('show*|lst*|list*', ipv6.show),
    help(ipv6Usage),
  ],
  unknown: unknown('ip -f inet6 tunnel help".'),
}

/** The number of a family, for the one error that has it. */
const NUMBERS: Readonly<Record<string, number>> = { bridge: 7, packet: 17, mpls: 28 }

/** IPv6 where the options or the mode say so. */
function familyOf({ options }: Session, words: Words): 'inet' | 'inet6' {
  const all = words.rest()
  const mode = all.indexOf('mode')
  if (mode >= 0 && isIpv6Mode(all[mode + 1] ?? '')) return 'inet6'
  const { family } = options
  if (family === 'unspec' || family === 'inet') return 'inet'
  if (family === 'inet6') return family
  throw new CommandFailure(`Unsupported protocol family: ${NUMBERS[family]}`, 255)
}

const byFamily: Run<Session> = (session, words) => {
  return dispatch(familyOf(session, words) === 'inet6' ? overIpv6 : overIpv4, session, words)
}

export const command: CommandTable<Session> = { name: 'tunnel', verbs: [], otherwise: byFamily, unknown: byFamily }
