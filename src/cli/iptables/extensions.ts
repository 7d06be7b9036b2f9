import type { Extension } from './extension.ts'
import { addrtype } from './matches/addrtype.ts'
import { comment } from './matches/comment.ts'
import { conntrack } from './matches/conntrack.ts'
import { icmp } from './matches/icmp.ts'
import { limit } from './matches/limit.ts'
import { mark } from './matches/mark.ts'
import { multiport } from './matches/multiport.ts'
import { pkttype } from './matches/pkttype.ts'
import { oldState, state } from './matches/state.ts'
import { tcp } from './matches/tcp.ts'
import { ttl } from './matches/ttl.ts'
import { udp } from './matches/udp.ts'
import { checksum } from './targets/checksum.ts'
import { dnat } from './targets/dnat.ts'
import { log } from './targets/log.ts'
import { mark as setMark } from './targets/mark.ts'
import { masquerade } from './targets/masquerade.ts'
import { redirect } from './targets/redirect.ts'
import { reject } from './targets/reject.ts'
import { snat } from './targets/snat.ts'
import { tcpmss } from './targets/tcpmss.ts'

const MATCHES: readonly Extension[] = [
  addrtype,
  comment,
  conntrack,
  icmp,
  limit,
  mark,
  multiport,
  pkttype,
  state,
  tcp,
  ttl,
  udp,
]
const TARGETS: readonly Extension[] = [checksum, dnat, log, setMark, masquerade, redirect, reject, snat, tcpmss]

export const VERDICTS: ReadonlySet<string> = new Set(['ACCEPT', 'DROP', 'RETURN'])

/** The match that `-m` calls so. */
export function matchCalled(word: string): Extension | undefined {
  return MATCHES.find((match) => match.word === word)
}

/** The target that `-j` calls so. */
export function targetCalled(word: string): Extension | undefined {
  return TARGETS.find((target) => target.word === word)
}

/** The match that the kernel calls so. */
export function matchNamed(name: string): Extension | undefined {
  return [...MATCHES, oldState].find((match) => match.name === name && match !== state)
}

/** The target that the kernel calls so. */
export const targetNamed = targetCalled

/** Whether the word after `-j` says what becomes of a packet, so that no chain can be called so. */
export function isVerdict(word: string): boolean {
  return VERDICTS.has(word) || word === 'QUEUE'
}
