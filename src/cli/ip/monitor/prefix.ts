import type { Session } from '../../session.ts'
import type { Audience, News } from './tell.ts'

/** A prefix that a router advertised (struct prefixmsg of linux/rtnetlink.h). */
interface AdvertisedPrefix {
  readonly family: string | number
  readonly ifindex: number
  readonly type: number
  readonly length: number
  readonly flags: number
  readonly address?: string
  readonly cacheinfo?: { readonly preferred: number; readonly valid: number }
}

/** ND_OPT_PREFIX_INFORMATION, RFC 4861. */
const PREFIX_INFORMATION = 3
const [ONLINK, AUTOCONF] = [1, 2]

export function tellPrefix(prefix: AdvertisedPrefix, _news: News, { session }: Audience): void {
  const { options, printer, devices } = session
  if (options.family !== 'unspec' && options.family !== 'inet6') return
  const problem = problemOf(prefix)
  if (problem !== undefined) {
    session.complain(problem)
    return
  }
  if (prefix.address !== undefined) {
    // No blank before "dev": iproute2 has none.
    printer.field('prefix', `${prefix.address}/${prefix.length}`, 'prefix %')
  }
  printer.field('dev', devices.name(prefix.ifindex), 'dev % ')
  printFlags(prefix, session)
  if (prefix.cacheinfo !== undefined) {
    printer.field('valid', prefix.cacheinfo.valid, 'valid % ')
    printer.field('preferred', prefix.cacheinfo.preferred, 'preferred % ')
  }
  printer.endRecord()
}

function problemOf({ family, type }: AdvertisedPrefix): string | undefined {
  if (family !== 'inet6') return `incorrect protocol family: ${family}`
  return type === PREFIX_INFORMATION ? undefined : `wrong ND type ${type}`
}

function printFlags({ flags }: AdvertisedPrefix, { printer }: Session): void {
  if (flags & ONLINK) printer.field('onlink', true, 'onlink ')
  if (flags & AUTOCONF) printer.field('autoconf', true, 'autoconf ')
}
