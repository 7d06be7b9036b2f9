import { amt } from './amt.ts'
import { bareudp } from './bareudp.ts'
import { batadv } from './batadv.ts'
import { bond } from './bond.ts'
import { bondSlave } from './bond-slave.ts'
import { bridge } from './bridge.ts'
import { bridgeSlave } from './bridge-slave.ts'
import { can } from './can.ts'
import { dsa } from './dsa.ts'
import { geneve } from './geneve.ts'
import { erspan, gre, gretap } from './gre.ts'
import { gtp } from './gtp.ts'
import { hsr } from './hsr.ts'
import { ip6erspan, ip6gre, ip6gretap } from './ip6gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { ipip, sit } from './ipip.ts'
import { ipoib } from './ipoib.ts'
import { ipvlan, ipvtap } from './ipvlan.ts'
import type { LinkKind } from './kind.ts'
import { macsec } from './macsec.ts'
import { macvlan, macvtap } from './macvlan.ts'
import { rmnet, wwan } from './modem.ts'
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
  amt,
  bareudp,
  batadv,
  bond,
  bondSlave,
  bridge,
  bridgeSlave,
  can,
  dsa,
  dummy,
  erspan,
  geneve,
  gre,
  gretap,
  gtp,
  hsr,
  ifb,
  ip6erspan,
  ip6gre,
  ip6gretap,
  ip6tnl,
  ipip,
  ipoib,
  ipvlan,
  ipvtap,
  macsec,
  macvlan,
  macvtap,
  netdevsim,
  nlmon,
  rmnet,
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
  wwan,
  xfrm,
]

const byName = new Map(KINDS.map((kind) => [kind.name, kind]))

/** The words that may follow `type`. */
export const kindNames: readonly string[] = [...byName.keys()]

/** The table of a kind, or of a port under a master of one (`bridge_slave`). */
export function findKind(name: string): LinkKind | undefined {
  return byName.get(name)
}
