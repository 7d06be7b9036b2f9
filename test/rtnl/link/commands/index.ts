import type { Request } from '../../../../src/netlink/index.ts'
import { bond } from './bond.ts'
import { bridge } from './bridge.ts'
import { bridgePort } from './bridge-port.ts'
import { gre } from './gre.ts'
import { ip6gre } from './ip6gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { kinds } from './kinds.ts'
import { settings } from './settings.ts'
import { tunnels } from './tunnels.ts'
import { vlan } from './vlan.ts'
import { vxlan } from './vxlan.ts'

/** By file of fixtures/link, what each captured command is as a request of ours. */
export type Commands = Readonly<Record<string, Readonly<Record<string, Request<unknown>>>>>

export const commands: Commands = {
  ...settings,
  ...bridge,
  ...bridgePort,
  ...gre,
  ...ip6gre,
  ...tunnels,
  ...ip6tnl,
  ...vxlan,
  ...bond,
  ...kinds,
  ...vlan,
}
