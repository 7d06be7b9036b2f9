import { asObject, checkRest, EncodeError, quote, type Request, type Socket, within } from '../../netlink/index.ts'
import * as chain from '../nftables/chain.ts'
import * as rule from '../nftables/rule.ts'
import * as table from '../nftables/table.ts'
import { commentUserdata, ownerOf, ownerUserdata } from '../nftables/userdata.ts'
import { transact, transactSync } from '../transaction.ts'
import { CHAINS, FILTERS, type FilterChain } from './chains.ts'
import type { FirewallRule } from './rules.ts'

export interface TableSettings {
  /** The table's name, `ipts` unless told. */
  readonly name?: string
}

export interface InstallSettings extends TableSettings {
  /** What becomes of packets that no rule of the chain is for; `accept` unless told. */
  readonly policy?: Readonly<Partial<Record<FilterChain, 'accept' | 'drop'>>>
}

/** There is a table of the name that was not made here. */
export class ForeignTableError extends Error {
  override readonly name = 'ForeignTableError'
  readonly code = 'ERR_NETFILTER_FOREIGN_TABLE'

  constructor(name: string) {
    super(`the table ${FAMILY} ${name} is somebody else's`)
  }
}

// One table for IPv4 and IPv6 (Linux 5.2).
const FAMILY = 'inet'
const OWNER = 'ipts'

/**
 * Puts the rules in force, all at once, in a table of their own; those that it held before are gone in the same moment. Rules and
 * tables of others stay as they are.
 *
 * @throws ForeignTableError; TransactionError; EncodeError
 */
export async function install(
  socket: Socket,
  rules: readonly FirewallRule[],
  settings: InstallSettings = {},
): Promise<void> {
  await transact(socket, async () => {
    checkOwner(await socket.request(table.list({ family: FAMILY })), settings)
    return changes(rules, settings)
  })
}

/** `install`, synchronously. */
export function installSync(socket: Socket, rules: readonly FirewallRule[], settings: InstallSettings = {}): void {
  transactSync(socket, () => {
    checkOwner(socket.requestSync(table.list({ family: FAMILY })), settings)
    return changes(rules, settings)
  })
}

/** Takes the rules out of force: the table is deleted, if there is one. Throws ForeignTableError, TransactionError. */
export async function uninstall(socket: Socket, settings: TableSettings = {}): Promise<void> {
  await transact(socket, async () => removal(await socket.request(table.list({ family: FAMILY })), settings))
}

/** `uninstall`, synchronously. */
export function uninstallSync(socket: Socket, settings: TableSettings = {}): void {
  transactSync(socket, () => removal(socket.requestSync(table.list({ family: FAMILY })), settings))
}

function nameOf(settings: TableSettings): { family: typeof FAMILY; name: string } {
  const { name = OWNER, policy, ...rest } = asObject<InstallSettings>(settings)
  checkRest(rest)
  if (policy !== undefined) within('policy', () => checkPolicy(policy))
  return { family: FAMILY, name }
}

function checkPolicy(policy: object): void {
  for (const [chain, verdict] of Object.entries(asObject(policy))) {
    if (!FILTERS.some((one) => one === chain)) throw new EncodeError(`expected ${FILTERS.join(', ')}`).within(chain)
    if (verdict === undefined || verdict === 'accept' || verdict === 'drop') continue
    throw new EncodeError(`expected accept or drop, got ${quote(verdict)}`).within(chain)
  }
}

/** Whether there is the table; throws where it is not ours. */
function checkOwner(tables: readonly table.Table[], settings: TableSettings): boolean {
  const { name } = nameOf(settings)
  const found = tables.find((one) => one.name === name)
  if (found !== undefined && ownerOf(found.userdata) !== OWNER) throw new ForeignTableError(name)
  return found !== undefined
}

function removal(tables: readonly table.Table[], settings: TableSettings): Request<unknown>[] {
  return checkOwner(tables, settings) ? [table.delete(nameOf(settings))] : []
}

/** The changes that make the table anew, for `transact`. Added first, there is one to delete. */
function changes(rules: readonly FirewallRule[], settings: InstallSettings): Request<unknown>[] {
  const home = nameOf(settings)
  const { policy = {} } = settings
  const place = { family: FAMILY, table: home.name } as const
  const names = Object.keys(CHAINS) as (keyof typeof CHAINS)[]
  const wanted = names.filter((name) => name in policy || rules.some((one) => one.chain === name))
  return [
    table.add(home),
    table.delete(home),
    table.create({ ...home, userdata: ownerUserdata(OWNER) }),
    ...wanted.map((name) => {
      const { type, hook, priority } = CHAINS[name]
      const own = policy[name as FilterChain] ?? 'accept'
      return chain.create({ ...place, name, hook: { name: hook, priority }, policy: own, type })
    }),
    ...rules.map(({ chain: name, expressions, comment }) => {
      const userdata = comment === undefined ? undefined : commentUserdata(comment)
      return rule.add({ ...place, chain: name, expressions, userdata })
    }),
  ]
}
