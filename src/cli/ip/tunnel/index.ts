import {
  CommandFailure,
  type CommandTable,
  type Run,
  usage,
  verb,
  type Words,
  type WordTable,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import * as ipv4 from './commands-ipv4.ts'
import * as ipv6 from './commands-ipv6.ts'
import { ipv4Keywords } from './ipv4.ts'
import { ipv6Keywords, isIpv6Mode } from './ipv6.ts'
import { changeDeployment, changeRouters, deploymentKeywords, routerKeywords } from './routers.ts'
import { ipv4Usage, ipv6Usage } from './usage.ts'

/** The number of a family, for the one error that has it. */
const NUMBERS: Readonly<Record<string, number>> = { bridge: 7, packet: 17, mpls: 28 }

/** IPv6 where the options or the mode say so. Throws CommandFailure. */
function familyOf({ options }: Session, words: Words): 'inet' | 'inet6' {
  const all = words.rest()
  const mode = all.indexOf('mode')
  if (mode >= 0 && isIpv6Mode(all[mode + 1] ?? '')) return 'inet6'
  const { family } = options
  if (family === 'unspec' || family === 'inet') return 'inet'
  if (family === 'inet6') return family
  throw new CommandFailure(`Unsupported protocol family: ${NUMBERS[family]}`, 255)
}

/** The one or the other, by the family. */
const byFamily = (overIpv4: Run<Session>, overIpv6: Run<Session>): Run<Session> => {
  return (session, words) => (familyOf(session, words) === 'inet6' ? overIpv6 : overIpv4)(session, words)
}

const unknown = (hint: string): Run<Session> => {
  return (_session, { current }) => {
    throw new CommandFailure(`Command "${current}" is unknown, try "${hint}`, 255)
  }
}
const unknownIpv6 = unknown('ip -f inet6 tunnel help".')

/** A verb that tunnels over IPv6 do not have. */
const onlyIpv4 = (run: Run<Session>): Run<Session> =>
  byFamily(run, (session, words) => {
    words.back()
    return unknownIpv6(session, words)
  })

const help = (text: string): Run<Session> => {
  return () => {
    throw usage(text)
  }
}

type Row = WordTable['keywords'][number]
const text = ({ spellings }: Row) => spellings[0]?.text

/** Those of both families; what can be said in either of them, where a word is of both. */
function united(ours: readonly Row[], theirs: readonly Row[]): Row[] {
  const known = new Set(ours.map(text))
  const both = ours.map((row) => {
    const choices = theirs.find((other) => text(other) === text(row))?.value?.choices
    return choices === undefined
      ? row
      : { ...row, value: { hint: '', ...row.value, choices: [...(row.value?.choices ?? []), ...choices] } }
  })
  return [...both, ...theirs.filter((row) => !known.has(text(row)))]
}

const words: WordTable = {
  keywords: united(ipv4Keywords, ipv6Keywords),
  otherwise: { introducer: 'name', hint: 'NAME' },
}
const show = byFamily(ipv4.show, ipv6.show)

export const command: CommandTable<Session> = {
  name: 'tunnel',
  before: familyOf,
  otherwise: show,
  verbs: [
    verb('add*', byFamily(ipv4.add, ipv6.add), { words }),
    verb('change*', byFamily(ipv4.change, ipv6.change), { words }),
    verb('delete*', byFamily(ipv4.remove, ipv6.remove), { words }),
    verb('show*|lst*|list*', show, { words }),
    verb('prl*', onlyIpv4(changeRouters), { words: { keywords: routerKeywords } }),
    verb('6rd*', onlyIpv4(changeDeployment), { words: { keywords: deploymentKeywords } }),
    verb('help*', byFamily(help(ipv4Usage), help(ipv6Usage))),
  ],
  unknown: byFamily(unknown('ip tunnel help"'), unknownIpv6),
}
