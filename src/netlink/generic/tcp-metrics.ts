import {
  attributes,
  bytes,
  enumeration,
  type Infer,
  i32,
  ipv4,
  ipv6,
  message,
  multi,
  padding,
  struct,
  u8,
  u16,
  u32,
  u64,
} from '../codec/index.ts'
import { acknowledged, answered, type DumpRequest, dumped, type Request } from '../request.ts'

/** The family's name for `getFamily`: what TCP remembers of hosts that it has spoken to. */
export const FAMILY = 'tcp_metrics'

/** TCP_METRIC_* and one: `rtt` and `rttvar` in eighths and quarters of a millisecond, the others of a microsecond. */
const values = attributes({
  rtt: [1, u32],
  rttvar: [2, u32],
  ssthresh: [3, u32],
  cwnd: [4, u32],
  reordering: [5, u32],
  rttUs: [6, u32],
  rttvarUs: [7, u32],
})

/** struct genlmsghdr and TCP_METRICS_ATTR_* (include/uapi/linux/tcp_metrics.h). Ages in milliseconds, `twTsStamp` in seconds. */
export const tcpMetricsMessage = message(
  struct({ command: enumeration(u8, { get: 1, delete: 2 }), version: u8, reserved: padding(2) }),
  attributes({
    dst4: [1, ipv4],
    dst6: [2, ipv6],
    age: [3, u64],
    twTsval: [4, u32],
    twTsStamp: [5, i32],
    vals: [6, values],
    fopenMss: [7, u16],
    fopenSynDrops: [8, u16],
    fopenSynDropTs: [9, u64],
    fopenCookie: [10, bytes],
    src4: [11, ipv4],
    src6: [12, ipv6],
    pad: [13, multi(bytes)],
  }),
)

export type TcpMetrics = Infer<typeof tcpMetricsMessage>

/** Which entry is meant: its destination and, where the source counts, that too, both of one family. */
export type TcpMetricsTarget = Pick<TcpMetrics, 'dst4' | 'dst6' | 'src4' | 'src6'>

const VERSION = 1

/** Asks what is remembered of a destination. `family` is the number that `getFamily` gives. Fails with ESRCH where it is nothing. */
export function get(family: number, { dst4, dst6, src4, src6 }: TcpMetricsTarget): Request<TcpMetrics> {
  const value = { command: 'get', version: VERSION, dst4, dst6, src4, src6 } as const
  const operation = `get TCP metrics of ${dst4 ?? dst6}`
  return answered({ operation, type: family, codec: tcpMetricsMessage, value }, tcpMetricsMessage)
}

/** Asks for everything that is remembered. */
export function list(family: number): DumpRequest<TcpMetrics> {
  const value = { command: 'get', version: VERSION } as const
  return dumped({ operation: 'list TCP metrics', type: family, codec: tcpMetricsMessage, value }, tcpMetricsMessage)
}

/** Forgets a destination, or all of them where none is given. Fails with ESRCH where there is no such entry. */
function remove(family: number, { dst4, dst6, src4, src6 }: TcpMetricsTarget = {}): Request<void> {
  const value = { command: 'delete', version: VERSION, dst4, dst6, src4, src6 } as const
  return acknowledged({
    operation: `delete TCP metrics of ${dst4 ?? dst6 ?? 'all'}`,
    type: family,
    codec: tcpMetricsMessage,
    value,
  })
}

export { remove as delete }
