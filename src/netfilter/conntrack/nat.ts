import type { Connection, Tuple } from './message.ts'

/** One end of a connection. Without `port` where its protocol has none. */
export interface Endpoint {
  readonly address: string
  readonly port?: number
}

/** How an end is rewritten: packets come with `from`, and go on with `to`. */
export interface Rewriting {
  readonly from: Endpoint
  readonly to: Endpoint
}

/** What NAT does to a connection; neither where it does nothing. */
export interface Nat {
  /** SNAT, masquerading: who answers sees `to`. */
  readonly source?: Rewriting
  /** DNAT, published ports, redirection: `to` is who really answers. */
  readonly destination?: Rewriting
}

/**
 * What NAT does to a connection, by the kernel's own word (`status`). A masqueraded connection's answers go to `source.to`, one
 * through a published port is answered by `destination.to`. That the tuples differ alone does not tell: so do those of ICMP.
 */
export function nat({ status = [], original, reply }: Connection): Nat {
  const sent = original && ends(original)
  const answered = reply && ends(reply)
  if (sent === undefined || answered === undefined) return {}
  return {
    ...(status.includes('src-nat') ? { source: { from: sent.source, to: answered.destination } } : {}),
    ...(status.includes('dst-nat') ? { destination: { from: sent.destination, to: answered.source } } : {}),
  }
}

function ends({ ip, protocol }: Tuple): { source: Endpoint; destination: Endpoint } {
  return {
    source: endpoint(ip?.source ?? ip?.source6, protocol?.sourcePort),
    destination: endpoint(ip?.destination ?? ip?.destination6, protocol?.destinationPort),
  }
}

function endpoint(address = '', port: number | undefined): Endpoint {
  return port === undefined ? { address } : { address, port }
}
