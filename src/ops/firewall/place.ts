import { type Change, chain, ownerOf, ownerUserdata, rule, table } from '../../netfilter/index.ts'
import type { Socket } from '../../netlink/index.ts'

/**
 * The chains of iptables that the ops use, as iptables-nft makes them (iptables/nft.c, xtables_ipv4): whoever looks with `iptables` or
 * `nft` finds the rules where they would be, and packets meet them in the same order.
 */
export const CHAINS = {
  PREROUTING: { table: 'nat', type: 'nat', hook: 'prerouting', priority: -100 },
  OUTPUT: { table: 'nat', type: 'nat', hook: 'output', priority: -100 },
  POSTROUTING: { table: 'nat', type: 'nat', hook: 'postrouting', priority: 100 },
  INPUT: { table: 'filter', type: 'filter', hook: 'input', priority: 0 },
  FORWARD: { table: 'filter', type: 'filter', hook: 'forward', priority: 0 },
} as const

export type ChainName = keyof typeof CHAINS
export const CHAIN_NAMES = Object.keys(CHAINS) as ChainName[]

/** Kept with the tables and chains that the ops made; neither iptables nor nft shows it. */
const OWNER = 'ipts ops'

const family = 'ip'

export function chainOf(name: ChainName) {
  return { family, table: CHAINS[name].table, chain: name } as const
}

/** What makes a chain, and its table, where they are not there. */
export function establish(socket: Socket, name: ChainName): Change<unknown>[] {
  const { table: tableName, type, hook, priority } = CHAINS[name]
  const hasTable = socket.requestSync(table.list({ family })).some((found) => found.name === tableName)
  const hasChain = hasTable && findChain(socket, name) !== undefined
  return [
    ...(hasTable ? [] : [table.add({ family, name: tableName, userdata: ownerUserdata(OWNER) })]),
    ...(hasChain
      ? []
      : [
          chain.add({
            family,
            table: tableName,
            name,
            hook: { name: hook, priority },
            policy: 'accept',
            type,
            userdata: ownerUserdata(OWNER),
          }),
        ]),
  ]
}

export function findChain(socket: Socket, name: ChainName): chain.Chain | undefined {
  const place = chainOf(name)
  return socket.requestSync(chain.list({ family })).find((found) => found.table === place.table && found.name === name)
}

/**
 * What deletes a chain, and its table, where the ops made them and nothing else is in them any more. `gone` are the rules that are deleted
 * in the same transaction.
 */
export function abolish(socket: Socket, name: ChainName, gone: readonly rule.Rule['handle'][]): Change<unknown>[] {
  const place = chainOf(name)
  const found = findChain(socket, name)
  if (!isOurs(found?.userdata) || found?.policy !== 'accept') return []
  const rules = socket.requestSync(rule.list(place))
  if (rules.some(({ handle }) => !gone.includes(handle))) return []
  const removal = chain.delete({ family, table: place.table, name })
  const home = socket.requestSync(table.list({ family })).find((entry) => entry.name === place.table)
  const isLast = home?.use === 1 && isOurs(home.userdata)
  return isLast ? [removal, table.delete({ family, name: place.table })] : [removal]
}

function isOurs(userdata: Uint8Array | undefined): boolean {
  return ownerOf(userdata) === OWNER
}
