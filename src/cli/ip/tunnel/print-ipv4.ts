import { tunnel } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { tolerate } from './calls.ts'
import { printGreFlags, protocolWord } from './gre-flags.ts'
import { carriesIpv6, type Ipv4Tunnel, isIsatap, WHOLE } from './ipv4.ts'

const ANY = '0.0.0.0'
const DEFAULT_ROUTER = 1

/** A tunnel over IPv4, without the end of its line. */
export function printIpv4(found: Ipv4Tunnel, session: Session): void {
  const { printer, devices, names, hostText } = session
  const { name, protocol, remote, local, link, ttl, tos, fragment } = found
  printer.field('ifname', name, '%: ', { colour: 'ifname' })
  printer.field('mode', `${protocolWord(protocol)}/ip`, '% ')
  printer.text('remote ')
  // Its own address goes by no name.
  const far = hostText(remote)
  printer.field('remote', far, '% ', { colour: 'inet', as: remote === ANY ? 'any' : far })
  printer.text('local ')
  printer.field('local', local, '%', { colour: 'inet', as: local === ANY ? 'any' : local })
  if (isIsatap(found)) printRouters(name, session)
  if (link !== 0) printer.field('dev', devices.name(link), ' dev %')
  if (ttl !== 0) printer.field('ttl', ttl, ' ttl %')
  else printer.text(' ttl inherit')
  if (tos === 1) printer.text(' tos inherit')
  else if (tos !== 0) {
    const inherits = !printer.json && (tos & 1) === 1
    const word = inherits ? `inherit/${names.dsfield.name(tos & ~1)}` : names.dsfield.name(tos)
    printer.field('tos', word, ' tos %')
  }
  if ((fragment & WHOLE) === 0) printer.field('nopmtudisc', null, ' nopmtudisc')
  if (carriesIpv6(found)) printDeployment(name, session)
  printGreFlags(found, printer)
}

function printRouters(name: string, session: Session): void {
  const routers = tolerate(session, `${name}: ioctl 89f4`, () => tunnel.potentialRouters.list(name))
  for (const { address, flags } of routers ?? []) {
    const word = (flags & DEFAULT_ROUTER) !== 0 ? 'pdr' : 'pr'
    session.printer.field(word, session.hostText(address), ` ${word} %`)
  }
}

function printDeployment(name: string, session: Session): void {
  const { printer, hostText } = session
  const empty = { prefix: '::', relayPrefix: ANY, prefixLength: 0, relayPrefixLength: 0 }
  const found = tolerate(session, `${name}: ioctl 89f8`, () => tunnel.deployment.get(name, empty), 'EINVAL')
  if (found === undefined || found.prefixLength === 0) return
  printer.field('6rd-prefix', found.prefix, ' 6rd-prefix %')
  printer.field('6rd-prefixlen', found.prefixLength, '/%')
  if (found.relayPrefix === ANY) return
  printer.field('6rd-relay_prefix', hostText(found.relayPrefix), ' 6rd-relay_prefix %')
  printer.field('6rd-relay_prefixlen', found.relayPrefixLength, '/%')
}
