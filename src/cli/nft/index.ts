import { writeSync } from 'node:fs'
import { FAMILIES, openNetfilter, type Ruleset, readRulesetSync } from '../../netfilter/index.ts'
import { link, openRoute } from '../../rtnl/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import type { Output } from '../print/index.ts'
import { rulesetJson, tableText } from './listing.ts'

const USAGE = `Usage: nft [ -a | --handle ] [ -j | --json ] list ruleset [ FAMILY ]
       nft [ -a | --handle ] [ -j | --json ] list table [ FAMILY ] NAME
       nft list tables [ FAMILY ]

  Shows what nf_tables holds in the kernel, as nft(8) does. It changes nothing: iptables does, and the library.

  FAMILY  ip (what NAME is of unless told), ip6, inet, arp, bridge or netdev
`

const shownFamilies = Object.keys(FAMILIES).filter((name) => name !== 'unspec')

/** `nft list …`: the status is 1 for words that nft would refuse, or that are more than listing. */
export const main = ownCommand({
  name: 'nft',
  usage: USAGE,
  usageStatus: 1,
  options: { handle: { type: 'boolean', short: 'a' }, json: { type: 'boolean', short: 'j' } },
  foresees: (error): error is Error => error instanceof NoTableError,
  async run({ handle = false, json = false }, words, out) {
    const [verb, what, ...rest] = words
    if (verb !== 'list') throw new UsageError(verb === undefined ? 'expected "list"' : `"${verb}" is not supported yet`)
    using socket = openNetfilter()
    const named = what === 'table'
    const family = shownFamilies.includes(rest[0] ?? '') ? rest.shift() : named ? 'ip' : undefined
    const name = named ? rest.shift() : undefined
    if (rest.length > 0) throw new UsageError(`unexpected "${rest[0]}"`)
    if (named && name === undefined) throw new UsageError('expected the name of a table')
    const ruleset = readRulesetSync(socket)
    const tables = ruleset.tables.filter(
      (table) => (family === undefined || table.family === family) && (name === undefined || table.name === name),
    )
    if (name !== undefined && tables.length === 0) throw new NoTableError(`there is no table ${family} ${name}`)
    if (what === 'tables') {
      for (const table of tables) out.write(`table ${String(table.family)} ${table.name}\n`)
    } else if (what === 'ruleset' || named) {
      if (json) out.write(rulesetJson(ruleset, tables, links()))
      else listTables(ruleset, tables, handle, out)
    } else throw new UsageError(`"list ${what ?? ''}" is not supported yet`)
    return 0
  },
})

class NoTableError extends Error {}

function listTables(ruleset: Ruleset, tables: Ruleset['tables'], handles: boolean, out: Output): void {
  const lookup = links()
  for (const table of tables) {
    const { text, foreign } = tableText(ruleset, table, { ...lookup, handles })
    if (foreign) {
      out.flush()
      writeSync(2, `# Warning: table ${String(table.family)} ${table.name} is managed by iptables-nft, do not touch!\n`)
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
