import { errnoMessage } from '../../../libc/index.ts'
import { CodecError, type DumpRequest, NetlinkError } from '../../../netlink/index.ts'
import { address as addresses, link as links } from '../../../rtnl/index.ts'
import { CommandFailure, type Family, parse, type Run, type Words } from '../../grammar/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'
import { printAddress } from '../address/print.ts'
import { addressUsage } from '../address/usage.ts'
import { printBrief } from '../link/brief.ts'
import { printLink } from '../link/print.ts'
import { printLinkStatistics } from '../link/statistics.ts'
import { linkUsage } from '../link/usage.ts'
import { type FilterDraft, filterGrammar } from './filter.ts'
import { matchesAddress, matchesLink } from './match.ts'

type Address = addresses.Address
type Link = links.Link

/** Reads a filter and finds its device. Throws CommandFailure. */
export function readFilter(session: Session, words: Words, usage: string, family: Family): FilterDraft {
  const draft: FilterDraft = { session, family, request: { flags: new Map() } }
  parse(filterGrammar(usage), words, draft)
  const { device } = draft.request
  if (device !== undefined) {
    draft.request.index = session.devices.index(device)
    if (draft.request.index === 0) throw new CommandFailure(`Device "${device}" does not exist.`, 1)
  }
  return draft
}

/** `ip link show`. */
export const showLinks: Run<Session> = (session, words) => {
  const draft = readFilter(session, words, linkUsage, 'packet')
  const { device, group } = draft.request
  session.printer.records(() => {
    const found = device !== undefined && group === undefined ? findNamed(session, device) : findLinks(draft)
    for (const link of found) session.printer.object(undefined, () => showLink(draft, link, true))
  })
  return 0
}

/** `ip address show`. */
export const showAddresses: Run<Session> = (session, words) => {
  const { options, printer } = session
  const draft = readFilter(session, words, addressUsage, options.family)
  printer.records(() => {
    const found = findLinks(draft)
    const withAddresses = draft.family !== 'packet'
    const all = withAddresses && found.length > 0 ? findAddresses(draft) : []
    for (const link of withAddresses ? found.filter((link) => hasAddress(draft, link, all)) : found) {
      printer.object(undefined, () => {
        const hidden = withAddresses && options.oneline && !options.brief
        const shown = hidden || showLink(draft, link, false)
        if (shown && withAddresses) showAddressesOf(draft, link, all)
        if (shown && !hidden && !options.brief && options.stats > 0 && draft.request.label === undefined) {
          printLinkStatistics(link, session)
          printer.newLine()
        }
      })
    }
  })
  return 0
}

const ENODEV = 19

/** The one link that was named; there is none where the name was `ifN` of an index that no link has. */
function findNamed(session: Session, device: string): Link[] {
  try {
    return [session.route.ask(links.get(device, { extMask: ['vf'] }))]
  } catch (error) {
    // A label, `eth0:1`, is of a device, but is no name that a link can have.
    const errno = error instanceof CodecError ? ENODEV : error instanceof NetlinkError ? error.errno : undefined
    if (errno === undefined) throw error
    session.complain(error instanceof NetlinkError ? refusal(error) : `RTNETLINK answers: ${errnoMessage(errno)}`)
    throw new CommandFailure(`Cannot send link get request: ${errnoMessage(errno)}`, 1, { ends: true })
  }
}

/** Shows a link, if it is meant; false where it is not. */
function showLink(draft: FilterDraft, link: Link, asLink: boolean): boolean {
  const { session, family, request } = draft
  if (!matchesLink(draft, link)) return false
  // With a pattern for labels only addresses are shown.
  if (request.label !== undefined) return true
  if (session.options.brief) printBrief(link, session, family === 'packet')
  else printLink(link, session, { asLink, hardware: family === 'unspec' || family === 'packet' })
  return true
}

function findLinks({ session, family, request }: FilterDraft): Link[] {
  const { route, devices, options } = session
  if (request.index !== undefined) return findIndex(session, request.index)
  // The kernel filters by master and by those kinds that it knows, and what it leaves is shown as an empty object in JSON,
  // so the request's own filter, which would hide it, stays out of this.
  const { value, ...dump } = links.list({ family: listedFamily(options.family, family), extMask: ['vf'] })
  const narrow = 'family' in value && value.family !== undefined
  const filters = narrow ? {} : { master: request.master && request.master >>> 0, linkinfo: kindFilter(request.kind) }
  const found = [...route.each({ ...dump, value: { ...value, ...filters } } as DumpRequest<Link>)]
  for (const link of found) devices.remember(link)
  return found.filter((link) => link.name !== undefined)
}

function findIndex({ route, options, complain }: Session, index: number): Link[] {
  const extMask = options.stats > 0 ? (['vf'] as const) : (['vf', 'skip-stats'] as const)
  try {
    return [route.ask(links.get(index, { extMask }))]
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    // No reason for another exit status, as iproute2 sees it.
    complain(`${refusal(error)}\nCannot send link request: ${errnoMessage(error.errno)}`)
    return []
  }
}

/** The family that links are listed in: that of the options, but `ip link` and `-0` list them as in no family at all. */
function listedFamily(family: Family, shown: Family): 'inet6' | 'bridge' | undefined {
  return shown !== 'packet' && (family === 'inet6' || family === 'bridge') ? family : undefined
}

const kindFilter = (kind: string | undefined) => (kind === undefined ? undefined : { kind })

function findAddresses({ session, family, request }: FilterDraft): Address[] {
  return session.route.ask(addresses.list({ family: family === 'unspec' ? undefined : family, index: request.index }))
}

/** Links without any address are shown where no family is asked for; others where one of theirs is meant. */
function hasAddress(draft: FilterDraft, link: Link, all: readonly Address[]): boolean {
  const own = all.filter(({ index }) => index === link.index)
  if (own.length === 0) return draft.family === 'unspec'
  return own.some((address) => matchesAddress(draft, address, draft.session))
}

function showAddressesOf(draft: FilterDraft, link: Link, all: readonly Address[]): void {
  const { session, family } = draft
  const { printer, options } = session
  printer.array('addr_info', () => {
    for (const address of all) {
      if (address.index !== link.index || (family !== 'unspec' && address.family !== family)) continue
      printer.object(undefined, () => {
        if (matchesAddress(draft, address, session))
          printAddress(address, session, { named: options.oneline || options.echo })
      })
    }
  })
  if (options.brief) printer.endRecord()
}
