import { writeSync } from 'node:fs'
import { openNetfilter, type Ruleset, readRulesetSync } from '../../netfilter/index.ts'
import { link, openRoute } from '../../rtnl/index.ts'
import { type Output, openOutput } from '../print/index.ts'
import { type ListingOptions, rulesetJson, type Selection, tablesJson, tableText } from './listing.ts'
import { BadOptions, HELP, type Options, readOptions, VERSION } from './options.ts'
import { NftError, type Place, parseQueries, type Query, UnsupportedCommand } from './query.ts'
import { isMap } from './set.ts'

/** `nft list …`, and its exit status. What would change something is refused. */
export async function main(argv: readonly string[], name: string): Promise<number> {
  const out = openOutput(1)
  const warn = (text: string) => {
    out.flush()
    writeSync(2, text)
  }
  try {
    const options = readOptions(argv, name)
    if (options.help) out.write(HELP)
    else if (options.version) out.write(VERSION)
    else if (options.line === undefined) {
      warn(`${name}: no command specified\n`)
      return 1
    } else listAll(options, options.line, out, warn)
    return 0
  } catch (error) {
    if (!(error instanceof NftError || error instanceof UnsupportedCommand || error instanceof BadOptions)) throw error
    warn(error.message)
    if (error instanceof BadOptions) out.write(error.more)
    return 1
  } finally {
    out.flush()
  }
}

function listAll(options: Options, line: string, out: Output, warn: (text: string) => void): void {
  const queries = parseQueries(line)
  using socket = openNetfilter()
  const ruleset = readRulesetSync(socket)
  const absent = (place: Place) => new NftError('No such file or directory', line, place)
  // Nothing is listed where one of several commands is wrong.
  const lists = queries.map((query) => ({ query, tables: tablesOf(query, ruleset, absent) }))
  const listing = { ...options, ...links() }
  for (const { query, tables } of lists) {
    if (query.what === 'tables') {
      out.write(options.json ? tablesJson(tables) : tables.map(tableLine).join(''))
    } else if (options.json) out.write(rulesetJson(ruleset, tables, selectionOf(query), listing))
    else listTables(ruleset, tables, selectionOf(query), listing, out, warn)
  }
}

type Table = Ruleset['tables'][number]

const tableLine = ({ family, name }: Table) => `table ${String(family)} ${name}\n`

/** The tables that are asked for; throws where what is named is not there. */
function tablesOf({ what, family, table, item }: Query, ruleset: Ruleset, absent: (place: Place) => Error): Table[] {
  const tables = ruleset.tables.filter(
    (each) => (family === undefined || each.family === family) && (table === undefined || each.name === table.text),
  )
  if (table !== undefined && tables.length === 0) throw absent(table)
  if (item === undefined) return tables
  const isIn = (each: { readonly family: unknown; readonly table?: string | undefined; readonly name?: string }) =>
    each.family === family && each.table === table?.text && each.name === item.text
  const isThere =
    what === 'chain'
      ? ruleset.chains.some(isIn)
      : ruleset.sets.some((set) => isIn(set) && isMap(set) === (what === 'map'))
  if (!isThere) throw absent(item)
  return tables
}

function selectionOf({ what, item }: Query): Selection {
  const isWanted = (name: string) => item === undefined || name === item.text
  const whole = what === 'ruleset' || what === 'table'
  return {
    whole,
    rules: whole || what === 'chain',
    chain: (name) => whole || ((what === 'chain' || what === 'chains') && isWanted(name)),
    set: (name, kind) => whole || ((what === kind || what === `${kind}s`) && isWanted(name)),
  }
}

function listTables(
  ruleset: Ruleset,
  tables: readonly Table[],
  selection: Selection,
  options: ListingOptions,
  out: Output,
  warn: (text: string) => void,
): void {
  for (const table of tables) {
    const { text, foreign } = tableText(ruleset, table, selection, options)
    if (foreign) {
      warn(`# Warning: table ${String(table.family)} ${table.name} is managed by iptables-nft, do not touch!\n`)
    }
    out.write(text)
  }
}

/** Names of links by index, asked for when the first is wanted. */
function links() {
  let names: Map<number, string> | undefined
  return {
    linkName(index: number): string {
      if (names === undefined) {
        using route = openRoute()
        names = new Map(route.requestSync(link.list()).map((one) => [one.index, one.name ?? '']))
      }
      return names.get(index) ?? String(index)
    },
  }
}
