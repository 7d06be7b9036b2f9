import { type AttributeDeclaration, array, attributes, type Codec, i32 } from '../../netlink/index.ts'

/**
 * IPv4 settings of a link (IPV4_DEVCONF_*, include/uapi/linux/ip.h): what /proc/sys/net/ipv4/conf/NAME shows, see
 * ip-sysctl in the kernel's documentation. The value numbered `n` stands at `n - 1` of a decoded `conf`.
 */
export const IPV4_DEVCONF = {
  forwarding: 1,
  mcForwarding: 2,
  proxyArp: 3,
  acceptRedirects: 4,
  secureRedirects: 5,
  sendRedirects: 6,
  sharedMedia: 7,
  rpFilter: 8,
  acceptSourceRoute: 9,
  bootpRelay: 10,
  logMartians: 11,
  tag: 12,
  arpfilter: 13,
  mediumId: 14,
  noxfrm: 15,
  nopolicy: 16,
  forceIgmpVersion: 17,
  arpAnnounce: 18,
  arpIgnore: 19,
  promoteSecondaries: 20,
  arpAccept: 21,
  arpNotify: 22,
  acceptLocal: 23,
  srcVmark: 24,
  proxyArpPvlan: 25,
  routeLocalnet: 26,
  igmpv2UnsolicitedReportInterval: 27,
  igmpv3UnsolicitedReportInterval: 28,
  ignoreRoutesWithLinkdown: 29,
  dropUnicastInL2Multicast: 30,
  dropGratuitousArp: 31,
  bcForwarding: 32,
  arpEvictNocarrier: 33,
} as const

/** IPv6 settings of a link, by their place in a decoded `conf` (IPV6_DEVCONF_*, include/uapi/linux/ipv6.h). */
export const IPV6_DEVCONF = {
  forwarding: 0,
  hoplimit: 1,
  mtu6: 2,
  acceptRa: 3,
  acceptRedirects: 4,
  autoconf: 5,
  dadTransmits: 6,
  rtrSolicits: 7,
  rtrSolicitInterval: 8,
  rtrSolicitDelay: 9,
  useTempaddr: 10,
  tempValidLft: 11,
  tempPreferedLft: 12,
  regenMaxRetry: 13,
  maxDesyncFactor: 14,
  maxAddresses: 15,
  forceMldVersion: 16,
  acceptRaDefrtr: 17,
  acceptRaPinfo: 18,
  acceptRaRtrPref: 19,
  rtrProbeInterval: 20,
  acceptRaRtInfoMaxPlen: 21,
  proxyNdp: 22,
  optimisticDad: 23,
  acceptSourceRoute: 24,
  mcForwarding: 25,
  disableIpv6: 26,
  acceptDad: 27,
  forceTllao: 28,
  ndiscNotify: 29,
  mldv1UnsolicitedReportInterval: 30,
  mldv2UnsolicitedReportInterval: 31,
  suppressFragNdisc: 32,
  acceptRaFromLocal: 33,
  useOptimistic: 34,
  acceptRaMtu: 35,
  stableSecret: 36,
  useOifAddrsOnly: 37,
  acceptRaMinHopLimit: 38,
  ignoreRoutesWithLinkdown: 39,
  dropUnicastInL2Multicast: 40,
  dropUnsolicitedNa: 41,
  keepAddrOnDown: 42,
  rtrSolicitMaxInterval: 43,
  seg6Enabled: 44,
  seg6RequireHmac: 45,
  enhancedDad: 46,
  addrGenMode: 47,
  disablePolicy: 48,
  acceptRaRtInfoMinPlen: 49,
  ndiscTclass: 50,
  rplSegEnabled: 51,
  raDefrtrMetric: 52,
  ioam6Enabled: 53,
  ioam6Id: 54,
  ioam6IdWide: 55,
  ndiscEvictNocarrier: 56,
  acceptUntrackedNa: 57,
} as const

export type DevconfV4 = Partial<Record<keyof typeof IPV4_DEVCONF, number>>

const values = array(i32)
const byNumber = attributes(
  Object.fromEntries(
    Object.entries(IPV4_DEVCONF).map(([name, number]) => [name, [number, i32]]),
  ) as AttributeDeclaration,
)

/**
 * The kernel says all of a link's IPv4 settings as a bare array, and takes some of them as attributes that carry their
 * numbers: `conf: { forwarding: 1 }`.
 */
export const devconfV4: Codec<number[], readonly number[] | DevconfV4> = {
  form: values.form,
  read: values.read,
  write(writer, value, parent) {
    if (Array.isArray(value)) values.write(writer, value, parent)
    else byNumber.write(writer, value as object, parent)
  },
}

/** All of a link's IPv6 settings; the kernel takes them only through /proc/sys/net/ipv6/conf/NAME. */
export const devconfV6 = values
