import { amt } from './amt.ts'
import { bareudp } from './bareudp.ts'
import { batadv } from './batadv.ts'
import { bond } from './bond.ts'
import { bondSlave } from './bond-slave.ts'
import { bridge } from './bridge.ts'
import { bridgePort } from './bridge-port.ts'
import { can } from './can.ts'
import { dsa } from './dsa.ts'
import { dummy } from './dummy.ts'
import { geneve } from './geneve.ts'
import { gre } from './gre.ts'
import { gtp } from './gtp.ts'
import { hsr } from './hsr.ts'
import { ifb } from './ifb.ts'
import { ip6gre } from './ip6gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { ipip } from './ipip.ts'
import { ipoib } from './ipoib.ts'
import { ipvlan } from './ipvlan.ts'
import { macsec } from './macsec.ts'
import { macvlan } from './macvlan.ts'
import { netkit } from './netkit.ts'
import { nlmon } from './nlmon.ts'
import { ovpn } from './ovpn.ts'
import { rmnet } from './rmnet.ts'
import { sit } from './sit.ts'
import { tun } from './tun.ts'
import { vcan } from './vcan.ts'
import { veth } from './veth.ts'
import { vlan } from './vlan.ts'
import { vrf, vrfPort } from './vrf.ts'
import { vti } from './vti.ts'
import { vti6 } from './vti6.ts'
import { vxcan } from './vxcan.ts'
import { vxlan } from './vxlan.ts'
import { wireguard } from './wireguard.ts'
import { wwan } from './wwan.ts'
import { xfrm } from './xfrm.ts'

/** What `linkinfo.data` is for each `linkinfo.kind`. A new kind of link is a file here and a line in this table. */
export const kinds = {
  amt,
  bareudp,
  batadv,
  bond,
  bridge,
  can,
  dsa,
  dummy,
  erspan: gre,
  geneve,
  gre,
  gretap: gre,
  gtp,
  hsr,
  ifb,
  ip6erspan: ip6gre,
  ip6gre,
  ip6gretap: ip6gre,
  ip6tnl,
  ipip,
  ipoib,
  ipvlan,
  ipvtap: ipvlan,
  macsec,
  macvlan,
  macvtap: macvlan,
  netkit,
  nlmon,
  ovpn,
  rmnet,
  sit,
  tun,
  vcan,
  veth,
  vlan,
  vrf,
  vti,
  vti6,
  vxcan,
  vxlan,
  wireguard,
  wwan,
  xfrm,
} as const

/** What `linkinfo.slaveData` is for each `linkinfo.slaveKind`, the kind of the link's master. */
export const slaveKinds = {
  bond: bondSlave,
  bridge: bridgePort,
  vrf: vrfPort,
} as const

export type LinkKind = keyof typeof kinds
