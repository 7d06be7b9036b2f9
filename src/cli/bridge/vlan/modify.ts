import type { Request } from '../../../netlink/index.ts'
import { link } from '../../../rtnl/index.ts'
import {
  abbreviates,
  cNumber,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  text,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed } from '../failure.ts'
import { checkVlan, findNamed, invalidRange, passOverHelp, type RangeOfVlans, vlanRange } from '../words.ts'
import { vlanUsage } from './usage.ts'

type Flag = 'range-begin' | 'range-end' | 'pvid' | 'untagged'
type AfSpec = NonNullable<link.LinkInput['afSpec']>

interface VlanDraft {
  readonly session: Session
  readonly request: object
  readonly owners: Set<'self' | 'master'>
  readonly flags: Set<Flag>
  device?: string
  vlans: RangeOfVlans
  /** That one `vid` was a range counts for the last one too. */
  ranged: boolean
  tunnels?: { readonly first: number; readonly last: number }
}

const { option, flag } = rows<VlanDraft>()

/** `id 100` or `id 100-110`: identifiers of tunnels. */
const tunnelInfo: Reader<{ readonly first: number; readonly last: number }> = {
  hint: 'id TUNNEL_ID',
  read(words) {
    if (!abbreviates(words.current, 'id')) throw wrong(words.current, 'tunnel id expected')
    const [first = '', ...rest] = words.next().split('-')
    const number = (word: string) => {
      const id = cNumber(word, 0, 0xffffff)
      if (id === undefined) throw wrong(first, 'invalid tun id')
      return id
    }
    return { first: number(first), last: rest.length === 0 ? 0 : number(rest.join('-')) }
  },
}

const grammar: Grammar<VlanDraft> = {
  keywords: [
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('vid', vlanRange, (draft, { first, last }) => {
      draft.vlans = { first, last: last ?? draft.vlans.last }
      if (last !== undefined) draft.ranged = true
    }),
    flag('self', ({ owners }) => owners.add('self')),
    flag('master', ({ owners }) => owners.add('master')),
    flag('pvid', ({ flags }) => flags.add('pvid')),
    flag('untagged', ({ flags }) => flags.add('untagged')),
    option('tunnel_info', tunnelInfo, (draft, tunnels) => {
      draft.tunnels = tunnels
    }),
  ],
  usage: vlanUsage,
  otherwise: passOverHelp((word) => abbreviates(word, 'help')),
}

/** `bridge vlan add` and `delete`, which take the same words. */
function modify(build: (settings: { family: 'bridge'; index: number; afSpec: AfSpec }) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: VlanDraft = {
      session,
      request: {},
      owners: new Set(),
      flags: new Set(),
      vlans: { first: -1 },
      ranged: false,
    }
    parse(grammar, words, draft)
    const { device, vlans, owners } = draft
    if (device === undefined || vlans.first === -1) {
      throw failed('Device and VLAN ID are required arguments.')
    }
    const index = findNamed(draft, 'bridge device', device)
    checkVlan(vlans.first)
    if (draft.ranged) checkRange(draft)
    const flags = owners.size === 0 ? undefined : [...owners]
    session.route.finish(build({ family: 'bridge', index, afSpec: { flags, ...vlansOf(draft) } }))
    return 0
  }
}

function checkRange({ vlans, flags }: VlanDraft): void {
  const { first, last = -1 } = vlans
  if (last === -1 || last >= 4096 || first >= last) throw invalidRange({ first, last })
  if (flags.has('pvid')) throw failed('pvid cannot be configured for a vlan range')
}

/** VLANs, or the tunnels that they are to be in; a range is its first and its last. */
function vlansOf({ vlans: { first, last = -1 }, flags, tunnels }: VlanDraft): AfSpec {
  const vid = (number: number) => number & 0xffff
  if (tunnels !== undefined) {
    if (last === -1 || last <= first) return { vlanTunnelInfo: [{ id: tunnels.first, vid: vid(first), flags: [] }] }
    return {
      vlanTunnelInfo: [
        { id: tunnels.first, vid: vid(first), flags: ['range-begin'] },
        { id: tunnels.last, vid: vid(last), flags: ['range-end'] },
      ],
    }
  }
  if (last === -1) return { vlanInfo: [{ flags: [...flags], vid: vid(first) }] }
  return {
    vlanInfo: [
      { flags: ['range-begin', ...flags], vid: vid(first) },
      { flags: ['range-end', ...flags], vid: vid(last) },
    ],
  }
}

export const add = modify((settings) => link.set(settings))
export const remove = modify((settings) => link.delete(settings))
