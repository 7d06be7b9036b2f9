import type { Session } from '../../session.ts'
import { FLOW_LABEL, TRAFFIC_CLASS } from '../link/kinds/outer-ipv6.ts'
import { printGreFlags, protocolWord } from './gre-flags.ts'
import type { Ipv6Tunnel } from './ipv6.ts'

const padded = (value: number, digits: number) => `0x${(value >>> 0).toString(16).padStart(digits, '0')}`

/** A tunnel over IPv6, without the end of its line. */
export function printIpv6(found: Ipv6Tunnel, { printer, devices, hostText }: Session): void {
  const { name, protocol, remote, local, link, flags, encapLimit, hopLimit, flowinfo } = found
  printer.field('ifname', name, '%: ', { colour: 'ifname' })
  printer.field('mode', `${protocolWord(protocol)}/ipv6`, '% ')
  printer.text('remote ')
  // Its own address goes by no name.
  printer.field('remote', hostText(remote), '% ', { colour: 'inet6' })
  printer.text('local ')
  printer.field('local', local, '%', { colour: 'inet6' })
  if (link !== 0) printer.field('link', devices.name(link), ' dev %')
  if (flags.includes('ign-encap-limit')) printer.field('ip6_tnl_f_ign_encap_limit', null, ' encaplimit none')
  else printer.field('encap_limit', encapLimit, ' encaplimit %')
  if (hopLimit !== 0) printer.field('hoplimit', hopLimit, ' hoplimit %')
  else printer.text(' hoplimit inherit')
  if (flags.includes('use-orig-tclass')) printer.field('ip6_tnl_f_use_orig_tclass', null, ' tclass inherit')
  else printer.field('tclass', padded((flowinfo & TRAFFIC_CLASS) >>> 20, 2), ' tclass %')
  if (flags.includes('use-orig-flowlabel')) {
    printer.field('ip6_tnl_f_use_orig_flowlabel', null, ' flowlabel inherit')
  } else printer.field('flowlabel', padded(flowinfo & FLOW_LABEL, 5), ' flowlabel %')
  printer.field('flowinfo', padded(flowinfo, 8), ' (flowinfo %)')
  if (flags.includes('rcv-dscp-copy')) printer.field('ip6_tnl_f_rcv_dscp_copy', null, ' dscp inherit')
  if (flags.includes('allow-local-remote')) {
    printer.field('ip6_tnl_f_allow_local_remote', null, ' allow-localremote')
  }
  printGreFlags(found, printer)
}
