import type { Event } from '../../../netlink/index.ts'
import {
  type address as addresses,
  type addressLabel as labels,
  type link as links,
  type neighbour as neighbours,
  type netconf as netconfs,
  type nexthop as nexthops,
  route as routes,
  type rule as rules,
} from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { printAddress } from '../address/print.ts'
import { printAddressLabel } from '../address-label/print.ts'
import { printBrief } from '../link/brief.ts'
import { printLink } from '../link/print.ts'
import { printMulticastRoute } from '../mroute/print.ts'
import { printNeighbour } from '../neighbour/print.ts'
import { printNetconf } from '../netconf/print.ts'
import { printBucket, printNexthop } from '../nexthop/print.ts'
import { printRoute } from '../route/print.ts'
import { printRule } from '../rule/print.ts'
import { printStatisticsSettings } from '../stats/show.ts'
import { tellNamespaceId } from './nsid.ts'
import { tellPrefix } from './prefix.ts'

/** A change, as the kernel told of it. */
export type News = Extract<Event, { event: 'message' }>

/** What is told, to whom. */
export interface Audience {
  readonly session: Session
  /** The one device that is meant, if there is one. */
  readonly index: number | undefined
}

/** How a kind of message is told. */
export interface Teller {
  readonly label: string
  /** Whether it is told of at all. What only `tell` leaves out still has its label. */
  readonly concerns?: (value: never, audience: Audience) => boolean
  readonly tell: (value: never, news: News, audience: Audience) => void
}

export function isDeletion({ name }: News): boolean {
  return name?.startsWith('RTM_DEL') ?? false
}

export function printDeleted(news: News, { printer }: Session): void {
  if (isDeletion(news)) printer.field('deleted', true, 'Deleted ')
}

const meant = ({ index }: Audience, own: number | undefined) => index === undefined || index === own

function familyMeant({ session: { options } }: Audience, { family }: { readonly family: unknown }): boolean {
  return options.family === 'unspec' || options.family === family
}

/** ip goes on telling of a link that is renamed by the name that it was first told of. The JSON is ours alone, and has the new one. */
function underFirstName(link: links.Link, { devices }: Session): links.Link {
  return { ...link, name: devices.known(link.index)?.name ?? link.name }
}

function tellLink(link: links.Link, news: News, audience: Audience): void {
  const { session } = audience
  const { devices, options } = session
  if (isDeletion(news)) devices.forget(link.index)
  else devices.remember(options.json ? link : underFirstName(link, session))
  if (!meant(audience, link.index)) return
  printDeleted(news, session)
  if (options.brief) printBrief(link, session, false)
  else printLink(link, session, { asLink: false, hardware: true, news: true })
}

function tellAddress(address: addresses.Address, news: News, audience: Audience): void {
  if (!meant(audience, address.index)) return
  printDeleted(news, audience.session)
  printAddress(address, audience.session, { named: true })
}

function tellRoute(message: routes.RouteMessage, news: News, audience: Audience): void {
  const { session, index } = audience
  const route = routes.listed(message)
  if (!familyMeant(audience, route) || !meant(audience, route.oif)) return
  printDeleted(news, session)
  printRoute(route, session, { oif: index })
}

function tellNeighbour(entry: neighbours.Neighbour, news: News, audience: Audience): void {
  const { session, index } = audience
  if (!meant(audience, entry.index)) return
  printDeleted(news, session)
  // The kernel asks whoever listens for an address that it does not know.
  if (news.name?.startsWith('RTM_GET')) session.printer.field('miss', null, 'miss ')
  printNeighbour(entry, session, index !== undefined)
}

function tellRule(rule: rules.Rule, news: News, audience: Audience): void {
  if (!familyMeant(audience, rule)) return
  printDeleted(news, audience.session)
  printRule(rule, audience.session)
}

function tellNexthop(nexthop: nexthops.Nexthop, news: News, { session }: Audience): void {
  printDeleted(news, session)
  printNexthop(nexthop, session)
}

function tellBucket(bucket: nexthops.Nexthop, _news: News, { session }: Audience): void {
  printBucket(bucket, session)
}

function tellNetconf(netconf: netconfs.Netconf, news: News, audience: Audience): void {
  if (!meant(audience, netconf.ifindex)) return
  printDeleted(news, audience.session)
  printNetconf(netconf, audience.session)
}

function tellAddressLabel(label: labels.AddressLabel, news: News, { session }: Audience): void {
  printDeleted(news, session)
  printAddressLabel(label, session)
}

function tellStatistics(statistics: links.LinkStatistics, _news: News, { session }: Audience): void {
  printStatisticsSettings(statistics, session)
}

function tellMulticastRoute(message: routes.RouteMessage, news: News, audience: Audience): void {
  const { session } = audience
  if (!meant(audience, message.iif)) return
  printDeleted(news, session)
  printMulticastRoute(routes.listed(message), session, false)
}

/** What the kernel has worked out of the tables is not told. */
const isOfTable = ({ flags }: routes.RouteMessage) => !flags.includes('cloned')

const isMulticast = ({ family }: routes.RouteMessage) => family === 'ipmr' || family === 'ip6mr'

/** By the noun of the message's name. */
const TELLERS: Readonly<Record<string, Teller>> = {
  LINK: { label: '[LINK]', tell: tellLink },
  ADDR: { label: '[ADDR]', tell: tellAddress },
  ROUTE: { label: '[ROUTE]', concerns: isOfTable, tell: tellRoute },
  MROUTE: { label: '[MROUTE]', concerns: isOfTable, tell: tellMulticastRoute },
  NEIGH: {
    label: '[NEIGH]',
    concerns: (entry: neighbours.Neighbour, all) => familyMeant(all, entry),
    tell: tellNeighbour,
  },
  RULE: { label: '[RULE]', tell: tellRule },
  NEXTHOP: { label: '[NEXTHOP]', tell: tellNexthop },
  NEXTHOPBUCKET: { label: '[NEXTHOPBUCKET]', tell: tellBucket },
  NETCONF: { label: '[NETCONF]', tell: tellNetconf },
  ADDRLABEL: { label: '[ADDRLABEL]', tell: tellAddressLabel },
  STATS: { label: '[STATS]', tell: tellStatistics },
  NSID: { label: '[NSID]', tell: tellNamespaceId },
  PREFIX: { label: '[PREFIX]', tell: tellPrefix },
}

/** How a message is told; undefined where it is not. */
export function tellerOf({ name = '', value }: News): Teller | undefined {
  const noun = /^RTM_(?:NEW|DEL|GET)(.*)$/.exec(name)?.[1] ?? ''
  if (noun === 'ROUTE' && isMulticast(value as routes.RouteMessage)) return TELLERS.MROUTE
  return Object.hasOwn(TELLERS, noun) ? TELLERS[noun] : undefined
}
