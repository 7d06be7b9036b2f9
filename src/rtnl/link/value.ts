import { type AttributesIn, type Bits, bitsValue, checkObject, EncodeError, within } from '../../netlink/index.ts'
import { LINK_FLAGS, type LinkFlag } from './header.ts'
import type { linkinfo } from './linkinfo.ts'
import type { LinkInput } from './message.ts'
import { checkAlternativeName, checkName, isLong } from './name.ts'

type Declaration = typeof linkinfo.declaration

/** `kind` and `data` together: the one says what the other may hold. */
type Kinded = AttributesIn<Pick<Declaration, 'kind' | 'data'>>
/** `slaveKind` and `slaveData` together: what the link is to its master. */
type Enslaved = AttributesIn<Pick<Declaration, 'slaveKind' | 'slaveData'>>

/** Flags to set, by name; or an object that says of each flag named whether it is to be on. */
export type FlagChanges = Bits<LinkFlag> | number | Partial<Record<LinkFlag, boolean>>

/**
 * What is wanted of a link: any attribute of a link message, and for convenience
 *
 * - `up: true | false`, the flag that is changed most;
 * - `flags: { promisc: true, 'no-arp': false }`, which changes those and no others; `flags: ['promisc']` sets them;
 * - `kind` with `data`, for `linkinfo: { kind, data }`;
 * - `slaveKind` with `slaveData`, settings of the link as the port of its master.
 *
 * What is undefined is not sent, and nothing is implied.
 */
export type LinkSettings = Omit<LinkInput, 'flags' | 'unknown'> & {
  readonly up?: boolean | undefined
  readonly flags?: FlagChanges | undefined
} & Kinded &
  Enslaved

/**
 * Which link: its `index`, or its `name`. A name of more than 15 bytes can only be an alternative name, and is sent as that;
 * `altName` asks for that whatever the length.
 */
export type LinkTarget =
  | number
  | string
  | { readonly index: number; readonly name?: undefined; readonly altName?: undefined }
  | { readonly name: string; readonly index?: undefined; readonly altName?: undefined }
  | { readonly altName: string; readonly index?: undefined; readonly name?: undefined }

/** Takes the conveniences of LinkSettings out of them. Throws EncodeError. */
export function linkValue(settings: LinkSettings): LinkInput {
  if (typeof settings !== 'object' || settings === null) throw new EncodeError('expected the settings of a link')
  const { up, flags, change, kind, data, slaveKind, slaveData, ...rest } = settings as LinkSettings & {
    kind?: string
    data?: { peer?: { name?: string }; peerInfo?: { name?: string } }
    slaveKind?: string
    slaveData?: object
  }
  const value: LinkInput = { ...flagsOf(up, flags, change), ...rest }
  if (kind !== undefined || data !== undefined || slaveKind !== undefined || slaveData !== undefined) {
    if (rest.linkinfo !== undefined)
      throw new EncodeError('given twice, as linkinfo and as kind or data').within('linkinfo')
    if (kind === undefined && data !== undefined) throw new EncodeError('data without a kind').within('data')
    if (slaveKind === undefined && slaveData !== undefined) {
      throw new EncodeError('slaveData without a slaveKind').within('slaveData')
    }
    value.linkinfo = { kind, data, slaveKind, slaveData } as NonNullable<LinkInput['linkinfo']>
  }
  checkNames(value)
  return value
}

function flagsOf(
  up: boolean | undefined,
  flags: FlagChanges | undefined,
  change: LinkInput['change'],
): Pick<LinkInput, 'flags' | 'change'> {
  if (up === undefined && flags === undefined && change === undefined) return {}
  let [on, mask] = flags === undefined ? [0, 0] : valueAndMask(flags)
  if (change !== undefined) mask = within('change', () => bitsValue(LINK_FLAGS, change))
  if (up !== undefined) {
    if (typeof up !== 'boolean') throw new EncodeError(`expected true or false, got ${String(up)}`).within('up')
    mask |= LINK_FLAGS.up
    on = up ? on | LINK_FLAGS.up : on & ~LINK_FLAGS.up
  }
  return { flags: on >>> 0, change: mask >>> 0 }
}

function valueAndMask(flags: FlagChanges): [value: number, mask: number] {
  return within('flags', () => {
    if (typeof flags === 'number' || Array.isArray(flags)) {
      const value = bitsValue(LINK_FLAGS, flags as Bits<LinkFlag> | number)
      return [value, value]
    }
    checkObject(flags)
    const named = Object.entries(flags).filter(([, wanted]) => wanted !== undefined)
    const mask = bitsValue(
      LINK_FLAGS,
      named.map(([flag]) => flag),
    )
    return [
      bitsValue(
        LINK_FLAGS,
        named.filter(([, wanted]) => wanted).map(([flag]) => flag),
      ),
      mask,
    ]
  })
}

function checkNames(value: LinkInput): void {
  if (value.altName !== undefined) checkAlternativeName(value.altName, 'altName')
  if (value.name !== undefined) checkName(value.name, 'name')
  const data = value.linkinfo?.data as Record<'peer' | 'peerInfo', { name?: unknown } | undefined> | undefined
  for (const end of ['peer', 'peerInfo'] as const) {
    const name = data?.[end]?.name
    if (name !== undefined) checkName(name, 'linkinfo', 'data', end, 'name')
  }
}

/** The fields of a request that say which link. Throws EncodeError. */
export function targetValue(target: LinkTarget): { index: number } | { name: string } | { altName: string } {
  if (typeof target === 'number') return targetValue({ index: target })
  if (typeof target === 'string') return targetValue({ name: target })
  const { index, name, altName } = target ?? {}
  if (index !== undefined) {
    if (!Number.isInteger(index) || index < 1 || index > 0x7fffffff) {
      throw new EncodeError(`expected the index of a link, got ${String(index)}`).within('index')
    }
    return { index }
  }
  if (altName !== undefined || (typeof name === 'string' && isLong(name))) {
    checkAlternativeName(altName ?? name, altName === undefined ? 'name' : 'altName')
    return { altName: altName ?? name }
  }
  if (name === undefined) throw new EncodeError('which link is not said: give its index or its name')
  checkName(name, 'name')
  return { name }
}

/** How errors call a link. */
export function describe({ index, name, altName }: { index?: unknown; name?: unknown; altName?: unknown }): string {
  return String(name ?? altName ?? (index === undefined ? '' : `with index ${index}`))
}
