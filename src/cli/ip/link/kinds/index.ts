import { CommandFailure } from '../../../grammar/index.ts'
import { bareudp } from './bareudp.ts'
import { bond } from './bond.ts'
import { bondSlave } from './bond-slave.ts'
import { bridge } from './bridge.ts'
import { bridgeSlave } from './bridge-slave.ts'
import { geneve } from './geneve.ts'
import { erspan, gre, gretap } from './gre.ts'
import { hsr } from './hsr.ts'
import { ip6erspan, ip6gre, ip6gretap } from './ip6gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { ipip, sit } from './ipip.ts'
import { ipvlan, ipvtap } from './ipvlan.ts'
import type { LinkKind } from './kind.ts'
import { macvlan, macvtap } from './macvlan.ts'
import { dummy, ifb, netdevsim, nlmon, team, teamSlave, vcan, virtWifi } from './plain.ts'
import { tun } from './tun.ts'
import { veth, vxcan } from './veth.ts'
import { vlan } from './vlan.ts'
import { vrf, vrfSlave } from './vrf.ts'
import { vti, vti6 } from './vti.ts'
import { vxlan } from './vxlan.ts'
import { xfrm } from './xfrm.ts'

export type { KindContext, LinkKind } from './kind.ts'

const KINDS: readonly LinkKind[] = [
  bareudp,
  bond,
  bondSlave,
  bridge,
  bridgeSlave,
  dummy,
  erspan,
  geneve,
  gre,
  gretap,
  hsr,
  ifb,
  ip6erspan,
  ip6gre,
  ip6gretap,
  ip6tnl,
  ipip,
  ipvlan,
  ipvtap,
  macvlan,
  macvtap,
  netdevsim,
  nlmon,
  sit,
  team,
  teamSlave,
  tun,
  vcan,
  veth,
  virtWifi,
  vlan,
  vrf,
  vrfSlave,
  vti,
  vti6,
  vxcan,
  vxlan,
  xfrm,
]

/** Kinds that ip-link(8) has options for and that wait for their tables. */
const LATER = 'amt batadv can dsa gtp ipoib macsec rmnet wwan'

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
