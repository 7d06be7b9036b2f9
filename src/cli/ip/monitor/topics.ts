import type { GroupName } from '../../../rtnl/index.ts'
import type { Family } from '../../grammar/index.ts'

/** What can be watched, and by which multicast groups: of each family, or whatever the family. */
type Groups = GroupName | Partial<Record<Family, GroupName>>

export const TOPICS = {
  link: 'link',
  address: { inet: 'ipv4-ifaddr', inet6: 'ipv6-ifaddr' },
  route: { inet: 'ipv4-route', inet6: 'ipv6-route', mpls: 'mpls-route' },
  mroute: { inet: 'ipv4-mroute', inet6: 'ipv6-mroute' },
  prefix: { inet6: 'ipv6-prefix' },
  neigh: 'neigh',
  netconf: { inet: 'ipv4-netconf', inet6: 'ipv6-netconf', mpls: 'mpls-netconf' },
  rule: { inet: 'ipv4-rule', inet6: 'ipv6-rule' },
  nsid: 'nsid',
  nexthop: 'nexthop',
  stats: 'stats',
} as const satisfies Record<string, Groups>

export type Topic = keyof typeof TOPICS

/** The groups of some topics; of one family only, unless that is `unspec`. */
export function groupsOf(topics: Iterable<Topic>, family: Family): GroupName[] {
  const groups: GroupName[] = []
  for (const topic of topics) {
    const of: Groups = TOPICS[topic]
    if (typeof of === 'string') groups.push(of)
    else if (family === 'unspec') groups.push(...Object.values(of))
    else if (of[family] !== undefined) groups.push(of[family])
  }
  return groups
}
