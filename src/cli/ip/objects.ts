import type { CommandTable, Spelling } from '../grammar/index.ts'
import { spellings } from '../grammar/index.ts'
import type { Session } from '../session.ts'

/** A word of the first column. Its code is loaded when it is named. */
export interface CommandObject {
  readonly spellings: readonly Spelling[]
  load(): Promise<CommandTable<Session>>
}

const object = (notation: string, load: () => Promise<{ readonly command: CommandTable<Session> }>): CommandObject => ({
  spellings: spellings(notation),
  load: async () => (await load()).command,
})

const later = (name: string): CommandObject => ({
  spellings: spellings(`${name}*`),
  load: async () => (await import('./unsupported.ts')).unsupported(name),
})

/** In the order in which iproute2 resolves abbreviations: `ip a` is address, `ip r` route, `ip n` neighbor, `ip m` maddress. */
export const OBJECTS: readonly CommandObject[] = [
  object('address*', () => import('./address/index.ts')),
  object('addrlabel*', () => import('./address-label/index.ts')),
  object('maddress*', () => import('./maddress/index.ts')),
  object('route*', () => import('./route/index.ts')),
  object('rule*', () => import('./rule/index.ts')),
  object('neighbor*|neighbour*', () => import('./neighbour/index.ts')),
  object('ntable*', () => import('./ntable/index.ts')),
  object('ntbl*', () => import('./ntable/index.ts')),
  object('link*', () => import('./link/index.ts')),
  later('l2tp'),
  later('fou'),
  later('ila'),
  later('macsec'),
  object('tunnel*|tunl*', () => import('./tunnel/index.ts')),
  object('tuntap*|tap*', () => import('./tuntap/index.ts')),
  object('token*', () => import('./token/index.ts')),
  object('tcpmetrics*', () => import('./tcp-metrics/index.ts')),
  object('tcp_metrics*', () => import('./tcp-metrics/index.ts')),
  object('monitor*', () => import('./monitor/index.ts')),
  later('xfrm'),
  object('mroute*', () => import('./mroute/index.ts')),
  object('mrule*', () => import('./mroute/rule.ts')),
  object('netns*', () => import('./netns/index.ts')),
  object('netconf*', () => import('./netconf/index.ts')),
  object('vrf*', () => import('./vrf/index.ts')),
  later('sr'),
  object('nexthop*', () => import('./nexthop/index.ts')),
  later('mptcp'),
  later('ioam'),
  object('help*', () => import('./help.ts')),
  object('stats*', () => import('./stats/index.ts')),
]
