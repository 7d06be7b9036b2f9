import { commentOf, type Ruleset, setCommentOf } from '../../netfilter/index.ts'
import { asShown, type DataType, integer, type Lookup, numberedType } from './data-type.ts'
import type { Data } from './rule-reader.ts'
import { concatenated, type SetElement, showElements } from './set-elements.ts'
import { type Json, type Shown, shown } from './shown.ts'
import { verdictStatement } from './statement.ts'

export type RulesetSet = Ruleset['sets'][number]

/** nft's number for verdicts, which maps can map to. */
const VERDICT = 0xffffff00
/** Each part of a concatenated type has six bits of its number. */
const PART = 64

export function typesOf(number: number | undefined, lookup: Lookup): DataType[] {
  const types: DataType[] = []
  for (let rest = number ?? 0; rest > 0; rest = Math.floor(rest / PART)) {
    types.unshift(asShown(numberedType(rest % PART, lookup) ?? integer, lookup))
  }
  return types.length === 0 ? [integer] : types
}

export function isMap({ flags = [] }: RulesetSet): boolean {
  return flags.includes('map') || flags.includes('object')
}

/** The members in the order of their keys, which are of these types. */
export function membersOf(set: RulesetSet, keys: readonly DataType[], lookup: Lookup): Shown[] {
  const values = set.dataType === VERDICT ? undefined : typesOf(set.dataType, lookup)
  const elements = set.elements.map(
    ({ key, keyEnd, data, flags, timeout, expiration, userdata, object }): SetElement => ({
      key: key?.value ?? new Uint8Array(0),
      keyEnd: keyEnd?.value,
      intervalEnd: flags?.includes('interval-end') ?? false,
      data: object === undefined ? dataOf(data, values) : shown(`"${object}"`, object),
      options: [
        ...(timeout === undefined ? [] : [`timeout ${duration(timeout)}`]),
        ...(expiration === undefined ? [] : [`expires ${duration(expiration)}`]),
        ...(commentOf(userdata) === undefined ? [] : [`comment "${commentOf(userdata)}"`]),
      ],
    }),
  )
  return showElements(keys, elements, set.flags?.includes('interval') ?? false)
}

function dataOf(
  data: RulesetSet['elements'][number]['data'],
  types: readonly DataType[] | undefined,
): Shown | undefined {
  if (data?.verdict !== undefined) return verdictStatement(data.verdict as Data)
  return data?.value === undefined ? undefined : concatenated(types ?? [integer], data.value)
}

/** `1d2h3m4s5ms`, of milliseconds. */
export function duration(milliseconds: number | bigint): string {
  let rest = Number(milliseconds)
  const parts: string[] = []
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.join('') || '0s'
}

const NAMED_FLAGS = ['constant', 'interval', 'timeout', 'dynamic'] as const

function typeText(set: RulesetSet, lookup: Lookup): { key: string[]; data: string[] | undefined } {
  const names = (types: readonly DataType[]) => types.map(({ name }) => name)
  const key = names(typesOf(set.keyType, lookup))
  if (set.dataType === undefined || !isMap(set)) return { key, data: undefined }
  return { key, data: set.dataType === VERDICT ? ['verdict'] : names(typesOf(set.dataType, lookup)) }
}

interface SetOptions extends Lookup {
  /** Whether members are left out. */
  readonly terse: boolean
}

/** The lines of a set or a map within its table. */
export function setLines(set: RulesetSet, lookup: SetOptions): string[] {
  const types = typesOf(set.keyType, lookup)
  const { key, data } = typeText(set, lookup)
  const flags = (set.flags ?? []).filter((flag) => (NAMED_FLAGS as readonly string[]).includes(String(flag)))
  const ordered = ['constant', 'dynamic', 'interval', 'timeout'].filter((flag) => flags.includes(flag as never))
  const members = lookup.terse ? [] : membersOf(set, types, lookup)
  const size = set.description?.size
  const comment = setCommentOf(set.userdata)
  return [
    `type ${key.join(' . ')}${data === undefined ? '' : ` : ${data.join(' . ')}`}`,
    ...(size === undefined ? [] : [`size ${size}`]),
    ...(ordered.length === 0 ? [] : [`flags ${ordered.join(',')}`]),
    ...(set.timeout === undefined ? [] : [`timeout ${duration(set.timeout)}`]),
    ...(set.gcInterval === undefined ? [] : [`gc-interval ${duration(set.gcInterval)}`]),
    ...(comment === undefined ? [] : [`comment "${comment}"`]),
    ...(members.length === 0 ? [] : [`elements = { ${wrapped(members, types)} }`]),
  ]
}

/** Some types have several members in a line. */
function wrapped(members: readonly Shown[], types: readonly DataType[]): string {
  const perLine = types.length === 1 ? types[0]!.perLine : 1
  return members
    .map(({ text }, at) => {
      if (at === members.length - 1) return text
      return (at + 1) % perLine === 0 ? `${text},\n\t\t\t     ` : `${text}, `
    })
    .join('')
}

export function setJson(set: RulesetSet, lookup: SetOptions): Json {
  const { key, data } = typeText(set, lookup)
  const single = (names: readonly string[]): Json => (names.length === 1 ? names[0]! : names)
  const flags = ['constant', 'interval', 'timeout'].filter((flag) => set.flags?.includes(flag as never))
  const members = lookup.terse ? [] : membersOf(set, typesOf(set.keyType, lookup), lookup)
  const seconds = (milliseconds: number | bigint) => Math.floor(Number(milliseconds) / 1000)
  return {
    family: String(set.family),
    name: String(set.name),
    table: String(set.table),
    type: single(key),
    handle: Number(set.handle),
    ...(setCommentOf(set.userdata) !== undefined && { comment: setCommentOf(set.userdata)! }),
    ...(data !== undefined && { map: single(data) }),
    ...(set.description?.size !== undefined && { size: set.description.size }),
    ...(flags.length > 0 && { flags }),
    ...(set.timeout !== undefined && { timeout: seconds(set.timeout) }),
    ...(set.gcInterval !== undefined && { 'gc-interval': seconds(set.gcInterval) }),
    ...(members.length > 0 && { elem: members.map(({ json }) => json) }),
  }
}
