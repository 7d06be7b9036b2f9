import { CommandFailure } from '../../../grammar/index.ts'
import { bridge } from './bridge.ts'
import { bridgeSlave } from './bridge-slave.ts'
import { ipvlan, ipvtap } from './ipvlan.ts'
import type { LinkKind } from './kind.ts'
import { macvlan, macvtap } from './macvlan.ts'
import { dummy, ifb, nlmon, team, vcan } from './plain.ts'
import { veth } from './veth.ts'
import { vlan } from './vlan.ts'
import { vrf, vrfSlave } from './vrf.ts'
import { vxlan } from './vxlan.ts'

export type { LinkKind } from './kind.ts'

const KINDS: readonly LinkKind[] = [
  bridge,
  bridgeSlave,
  dummy,
  ifb,
  ipvlan,
  ipvtap,
  macvlan,
  macvtap,
  nlmon,
  team,
  vcan,
  veth,
  vlan,
  vrf,
  vrfSlave,
  vxlan,
]

/** Kinds that ip-link(8) has options for and that wait for their tables. */
const LATER =
  'amt bareudp batadv bond bond_slave can dsa erspan geneve gre gretap gtp hsr ip6erspan ip6gre ip6gretap ip6tnl ipip ' +
  'ipip6 ipoib macsec rmnet sit vti vti6 vxcan wwan xfrm'

const byName = new Map(KINDS.map((kind) => [kind.name, kind]))
for (const name of LATER.split(' ')) {
  byName.set(name, {
    name,
    read() {
      throw new CommandFailure(`ipts: options of link type "${name}" are not supported yet.`, 1)
    },
  })
}

/** The table of a kind, or of a port under a master of one (`bridge_slave`). */
export function findKind(name: string): LinkKind | undefined {
  return byName.get(name)
}
