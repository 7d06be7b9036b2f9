/** Multicast groups of netfilter (NFNLGRP_*, include/uapi/linux/netfilter/nfnetlink.h): what to subscribe to. */
export const groups = {
  'conntrack-new': 1,
  'conntrack-update': 2,
  'conntrack-destroy': 3,
  'conntrack-exp-new': 4,
  'conntrack-exp-update': 5,
  'conntrack-exp-destroy': 6,
  nftables: 7,
  'acct-quota': 8,
  nftrace: 9,
} as const

export type GroupName = keyof typeof groups
