import type { Request } from '../../../src/netlink/index.ts'
import { addressCommands } from './address.ts'
import { bridgeCommands } from './bridge.ts'
import { encapCommands } from './encap.ts'
import { neighbourCommands } from './neighbour.ts'
import { nexthopCommands } from './nexthop.ts'
import { routeCommands } from './route.ts'
import { ruleCommands } from './rule.ts'

/** By file of fixtures/, what each captured command is as a request of ours. */
export type Commands = Readonly<Record<string, Readonly<Record<string, Request<unknown>>>>>

export const commands: Commands = {
  ...addressCommands,
  ...routeCommands,
  ...encapCommands,
  ...neighbourCommands,
  ...ruleCommands,
  ...nexthopCommands,
  ...bridgeCommands,
}
