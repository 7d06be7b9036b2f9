import { commentOf, type Ruleset } from '../../netfilter/index.ts'
import { hookLine } from './chain.ts'
import type { DataType, Lookup } from './data-type.ts'
import { ruleStatements } from './rule.ts'
import type { RuleContext } from './rule-reader.ts'
import { isMap, membersOf, type RulesetSet, setJson, setLines } from './set.ts'
import { type Json, jsonText, type Shown } from './shown.ts'

type Table = Ruleset['tables'][number]

/** What nft's answer says it is of. */
const METAINFO: Json = { metainfo: { version: '1.0.6', release_name: 'Lester Gooch #5', json_schema_version: 1 } }

const OBJECTS: Readonly<Record<number, string>> = { 1: 'counter', 2: 'quota', 4: 'limit' }

/** The parts of one table. */
interface Parts {
  readonly table: Table
  readonly chains: Ruleset['chains']
  readonly sets: readonly RulesetSet[]
  readonly objects: Ruleset['objects']
  readonly rules: Ruleset['rules']
  readonly context: RuleContext
}

function partsOf(ruleset: Ruleset, table: Table, lookup: ListingOptions): Parts {
  const own = <T extends { readonly family: unknown; readonly table?: string | undefined }>(items: readonly T[]) =>
    items.filter((item) => item.family === table.family && item.table === table.name)
  const sets = own(ruleset.sets)
  const isAnonymous = ({ flags = [] }: RulesetSet) => flags.includes('anonymous')
  const anonymousSet = (name: string, keys: readonly DataType[]): readonly Shown[] | undefined => {
    const found = sets.find((set) => set.name === name)
    return found === undefined || !isAnonymous(found) ? undefined : membersOf(found, keys, lookup)
  }
  return {
    table,
    chains: own(ruleset.chains),
    sets: sets.filter((set) => !isAnonymous(set)),
    objects: own(ruleset.objects),
    rules: own(ruleset.rules),
    context: { ...lookup, family: String(table.family), anonymousSet },
  }
}

export interface ListingOptions extends Lookup {
  readonly handles: boolean
  /** Priorities as numbers. */
  readonly priorities: boolean
  /** Whether counts are left out. */
  readonly stateless: boolean
  /** Whether members of sets are left out. */
  readonly terse: boolean
}

/** What of a table is listed: all of it, or chains and sets only. */
export interface Selection {
  readonly whole: boolean
  readonly rules: boolean
  chain(name: string): boolean
  set(name: string, kind: 'set' | 'map'): boolean
}

function selected(parts: Parts, { whole, rules, chain, set }: Selection): Parts {
  const chains = parts.chains.filter(({ name }) => chain(name ?? ''))
  return {
    ...parts,
    objects: whole ? parts.objects : [],
    chains,
    sets: parts.sets.filter((each) => set(each.name ?? '', isMap(each) ? 'map' : 'set')),
    rules: rules ? parts.rules.filter((rule) => chains.some(({ name }) => name === rule.chain)) : [],
  }
}

/** A table in nft's language, and whether iptables' extensions are in it. */
export function tableText(
  ruleset: Ruleset,
  table: Table,
  selection: Selection,
  options: ListingOptions,
): { text: string; foreign: boolean } {
  const parts = selected(partsOf(ruleset, table, options), selection)
  const handle = (of: { readonly handle?: bigint | number | undefined }) =>
    options.handles ? ` # handle ${of.handle}` : ''
  const block = (title: string, lines: readonly string[], mark = '') =>
    `\t${title} {${mark}\n${lines.map((line) => `\t\t${line}\n`).join('')}\t}\n`
  const blocks = [
    ...parts.objects.flatMap((object) => {
      const kind = OBJECTS[Number(object.type)] ?? String(object.type)
      const lines = objectLines(object, options)
      return lines === undefined ? [] : [block(`${kind} ${object.name}`, lines, handle(object))]
    }),
    ...parts.sets.map((set) => block(`${isMap(set) ? 'map' : 'set'} ${set.name}`, setLines(set, options), handle(set))),
    ...parts.chains.map((chain) => {
      const line = hookLine(chain, options.priorities)
      const about = commentOf(chain.userdata)
      const rules = parts.rules.filter((rule) => rule.chain === chain.name)
      const lines = [
        ...(about === undefined ? [] : [`comment "${about}"`]),
        ...(line === undefined ? [] : [line]),
        ...rules.map((rule) => `${ruleText(rule, parts.context)}${handle(rule)}`),
      ]
      return block(`chain ${chain.name}`, lines, handle(chain))
    }),
  ]
  const foreign = parts.rules.some(({ expressions }) =>
    expressions?.some(({ name }) => name === 'match' || name === 'target'),
  )
  const { whole } = selection
  const head = `table ${String(table.family)} ${table.name} {${whole ? `${handle(table)}\n${aboutTable(table)}` : '\n'}`
  return { text: `${head}${blocks.join(whole ? '\n' : '')}}\n`, foreign }
}

function aboutTable({ userdata, flags = [] }: Table): string {
  const comment = commentOf(userdata)
  return [
    ...(flags.length === 0 ? [] : [`\tflags ${flags.join(',')}\n`]),
    ...(comment === undefined ? [] : [`\tcomment "${comment}"\n`]),
  ].join('')
}

function ruleText(rule: Ruleset['rules'][number], context: RuleContext): string {
  const comment = commentOf(rule.userdata)
  const statements = ruleStatements(rule.expressions ?? [], context).map(({ text }) => text)
  return [...statements, ...(comment === undefined ? [] : [`comment "${comment}"`])].join(' ')
}

function objectLines(object: Ruleset['objects'][number], { stateless }: ListingOptions): string[] | undefined {
  const { data } = object as { data?: Readonly<Record<string, unknown>> }
  if (data === undefined || data instanceof Uint8Array) return undefined
  const comment = commentOf(object.userdata)
  const about = comment === undefined ? [] : [`comment "${comment}"`]
  if (data.packets !== undefined && !stateless) return [...about, `packets ${data.packets} bytes ${data.bytes}`]
  return about
}

/** Everything as one document, as nft's `-j` writes it. */
export function rulesetJson(
  ruleset: Ruleset,
  tables: readonly Table[],
  selection: Selection,
  options: ListingOptions,
): string {
  const entries: Json[] = [METAINFO]
  for (const table of tables) {
    if (selection.whole) entries.push(tableEntry(table))
    entries.push(...partsJson(selected(partsOf(ruleset, table, options), selection), options))
  }
  return `${jsonText({ nftables: entries })}\n`
}

/** Tables alone, as one document. */
export function tablesJson(tables: readonly Table[]): string {
  return `${jsonText({ nftables: [METAINFO, ...tables.map(tableEntry)] })}\n`
}

function tableEntry({ family, name, handle, flags = [] }: Table): Json {
  const more = flags.length > 0 && { flags: flags.map(String) }
  return { table: { family: String(family), name: String(name), handle: Number(handle), ...more } }
}

function partsJson({ table, chains, sets, objects, rules, context }: Parts, options: ListingOptions): Json[] {
  const family = String(table.family)
  return [
    ...objects.map((object): Json => {
      const { data = {} } = object as { data?: { packets?: unknown; bytes?: unknown } }
      const kind = OBJECTS[Number(object.type)] ?? String(object.type)
      const head = { family, name: String(object.name), table: String(object.table), handle: Number(object.handle) }
      const counts = data.packets !== undefined && { packets: Number(data.packets), bytes: Number(data.bytes) }
      return { [kind]: { ...head, ...counts } }
    }),
    ...sets.map((set): Json => ({ [isMap(set) ? 'map' : 'set']: setJson(set, options) })),
    ...chains.map((chain): Json => {
      const { hook } = chain
      const base = hook !== undefined && {
        type: String(chain.type),
        hook: String(hook.name),
        prio: hook.priority ?? 0,
        policy: String(chain.policy ?? 'accept'),
      }
      return {
        chain: { family, table: String(chain.table), name: String(chain.name), handle: Number(chain.handle), ...base },
      }
    }),
    ...chains.flatMap((chain) =>
      rules
        .filter((rule) => rule.chain === chain.name)
        .map((rule): Json => {
          const comment = commentOf(rule.userdata)
          return {
            rule: {
              family,
              table: String(rule.table),
              chain: String(rule.chain),
              handle: Number(rule.handle),
              ...(comment !== undefined && { comment }),
              expr: ruleStatements(rule.expressions ?? [], context).map(({ json }) => json),
            },
          }
        }),
    ),
  ]
}
