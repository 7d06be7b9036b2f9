import { describe, expect, test } from 'vitest'
import * as netfilter from '../../../src/netfilter/index.ts'
import { EncodeError } from '../../../src/netlink/index.ts'
import * as rtnl from '../../../src/rtnl/index.ts'

const { address, addressLabel, bridge, link, neighbour, netconf, nexthop, nsid, route, rule } = rtnl
const { chain, conntrack, element, flowtable, object, set, table } = netfilter

type Ask = (filter: never) => unknown

// A misspelt name would list, or delete, everything.
describe('what says which things are meant refuses names that it does not have', () => {
  test.each<[string, Ask]>([
    ['address.list', address.list],
    ['address.listAnycast', address.listAnycast],
    ['address.listMulticast', address.listMulticast],
    ['addressLabel.list', addressLabel.list],
    ['bridge.mdb.list', bridge.mdb.list],
    ['bridge.vlan.list', bridge.vlan.list],
    ['bridge.vni.list', bridge.vni.list],
    ['link.list', link.list],
    ['neighbour.list', neighbour.list],
    ['neighbour.listTables', neighbour.listTables],
    ['netconf.list', netconf.list],
    ['nexthop.list', nexthop.list],
    ['nexthop.listBuckets', nexthop.listBuckets],
    ['nsid.list', nsid.list],
    ['route.list', route.list],
    ['rule.list', rule.list],
    ['chain.list', chain.list],
    ['conntrack.flush', conntrack.flush],
    ['conntrack.list', conntrack.list],
    ['element.list', element.list],
    ['flowtable.list', flowtable.list],
    ['object.list', object.list],
    ['rule.flush', netfilter.rule.flush],
    ['rule.list', netfilter.rule.list],
    ['set.list', set.list],
    ['table.list', table.list],
  ])('%s', (_, ask) => {
    expect(() => ask({ falimy: undefined } as never)).not.toThrow()
    expect(() => ask({ falimy: 'inet' } as never)).toThrow(EncodeError)
    expect(() => ask({ falimy: 'inet' } as never)).toThrow(/^falimy: unknown property, got "inet"/)
  })

  test('a chain is not a table: emptying it by what lists give empties nothing else', () => {
    const listed = { family: 'inet', table: 't', name: 'c' }
    expect(() => netfilter.rule.flush(listed as never)).toThrow(/^name: unknown property/)
  })
})
