import { attributes, bits, string, u32 } from '../../netlink/index.ts'

/** Which metrics are locked: bit n is the metric of number n (RTAX_*). */
export const LOCKS = {
  mtu: 1 << 2,
  window: 1 << 3,
  rtt: 1 << 4,
  rttvar: 1 << 5,
  ssthresh: 1 << 6,
  cwnd: 1 << 7,
  advmss: 1 << 8,
  reordering: 1 << 9,
  hoplimit: 1 << 10,
  initcwnd: 1 << 11,
  features: 1 << 12,
  rtoMin: 1 << 13,
  initrwnd: 1 << 14,
  quickack: 1 << 15,
  ccAlgo: 1 << 16,
  fastopenNoCookie: 1 << 17,
} as const

/** RTAX_FEATURE_*. */
export const ROUTE_FEATURES = { ecn: 1, sack: 2, timestamp: 4, allfrag: 8, 'tcp-usec-ts': 16 } as const

/** RTAX_*: `rtt` in eighths and `rttvar` in quarters of a millisecond, `rtoMin` in milliseconds, sizes in bytes or segments. */
export const metrics = attributes({
  lock: [1, bits(u32, LOCKS)],
  mtu: [2, u32],
  window: [3, u32],
  rtt: [4, u32],
  rttvar: [5, u32],
  ssthresh: [6, u32],
  cwnd: [7, u32],
  advmss: [8, u32],
  reordering: [9, u32],
  hoplimit: [10, u32],
  initcwnd: [11, u32],
  features: [12, bits(u32, ROUTE_FEATURES)],
  rtoMin: [13, u32],
  initrwnd: [14, u32],
  quickack: [15, u32],
  ccAlgo: [16, string],
  fastopenNoCookie: [17, u32],
})
