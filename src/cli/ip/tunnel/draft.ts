import {
  abbreviates,
  garbage,
  isDeviceName,
  type Keyword,
  noDevice,
  rows,
  text,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { withBit } from '../link/kinds/bit-names.ts'
import { tunnelKey } from '../link/kinds/tunnel-key.ts'

type Flag = 'csum' | 'key' | 'seq' | 'special' | 'routing' | 'strict'
type Flags = readonly (Flag | number)[]

/** What tunnels over IPv4 and over IPv6 have in common. */
export interface TunnelParameters {
  name: string
  link: number
  protocol: number
  iflags: Flags
  oflags: Flags
  ikey: number
  okey: number
}

/** What has been read of `ip tunnel`. */
export interface TunnelDraft<Parameters extends TunnelParameters> {
  readonly session: Session
  request: Parameters
  /** How many options have been read. */
  count: number
  /** The link below, as it was written. */
  below?: string
}

/** What a name that comes first is looked up with, where the tunnel is to be changed. */
export type Lookup<Parameters> = (name: string) => Parameters

type Direction = 'i' | 'o'

export function setFlag(request: TunnelParameters, direction: Direction, flag: Flag): void {
  request[`${direction}flags`] = withBit(request[`${direction}flags`], flag, true)
}

type Draft = TunnelDraft<TunnelParameters>
const { option, flag } = rows<Draft>()

const WAYS: readonly (readonly [prefix: string, directions: readonly Direction[]])[] = [
  ['', ['i', 'o']],
  ['i', ['i']],
  ['o', ['o']],
]

/** `key`, `seq` and `csum`, both ways, in and out, and `dev`. All in full only. */
export const commonKeywords: readonly Keyword<Draft>[] = [
  ...WAYS.flatMap(([prefix, directions]) => [
    option(`${prefix}key`, tunnelKey(`${prefix}key`), ({ request }, key) => {
      for (const direction of directions) {
        setFlag(request, direction, 'key')
        request[`${direction}key`] = key
      }
    }),
    ...(['seq', 'csum'] as const).map((name) =>
      flag(`${prefix}${name}`, ({ request }) => {
        for (const direction of directions) setFlag(request, direction, name)
      }),
    ),
  ]),
  option('dev', text('PHYS_DEV'), (draft, name) => {
    draft.below = name
  }),
]

/** The same rows, each of which counts. */
export function counting<D extends { count: number }>(keywords: readonly Keyword<D>[]): readonly Keyword<D>[] {
  return keywords.map((keyword) => ({
    ...keyword,
    take(words, draft) {
      keyword.take(words, draft)
      draft.count++
    },
  }))
}

/** The tunnel's own name, with or without `name` before it. */
export function takeName<P extends TunnelParameters>(usageText: string, lookup: Lookup<P> | undefined) {
  return (words: Words, draft: TunnelDraft<P>): void => {
    if (words.current === 'name') words.next()
    else if (abbreviates(words.current, 'help')) throw usage(usageText)
    const name = words.current
    if (draft.request.name !== '') throw garbage('name', name)
    if (!isDeviceName(name)) throw wrong(name, '"name" not a valid ifname')
    draft.request.name = name
    if (lookup !== undefined && draft.count === 0) draft.request = lookup(name)
    draft.count++
  }
}

/** Looks the link below up. Throws CommandFailure. */
export function settleBelow({ session, request, below }: Draft): void {
  if (below === undefined) return
  request.link = session.devices.index(below)
  if (request.link === 0) throw noDevice(below)
}
