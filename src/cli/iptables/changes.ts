import { type Change, chain, rule, table } from '../../netfilter/index.ts'
import { NLM_F_CREATE } from '../../netlink/index.ts'
import { builtinChain } from './builtin.ts'
import type { Counters } from './command.ts'
import { builtinMessage, type StoredChain, type StoredRule, type StoredTable } from './ruleset.ts'

/** What a change is called when the kernel refuses it. */
export type ChangeName =
  | 'TABLE_ADD'
  | 'TABLE_FLUSH'
  | 'CHAIN_ADD'
  | 'CHAIN_USER_ADD'
  | 'CHAIN_DEL'
  | 'CHAIN_UPDATE'
  | 'CHAIN_RENAME'
  | 'CHAIN_ZERO'
  | 'RULE_APPEND'
  | 'RULE_INSERT'
  | 'RULE_REPLACE'
  | 'RULE_DELETE'
  | 'RULE_FLUSH'

/** One message of a batch. It is made when all are known: a rule may come to need a name for those after it. */
export interface PendingChange {
  readonly name: ChangeName
  /** What it is done to: `chain INPUT`. */
  readonly subject: string
  /** The line of the file being restored. */
  readonly line: number | undefined
  make(): Change<unknown>
}

/** The messages that commands come to, in the order and form in which iptables-nft sends them. */
export class Changes {
  readonly pending: PendingChange[] = []
  #ids = 0
  line: number | undefined

  #add(name: ChangeName, subject: string, make: () => Change<unknown>): void {
    this.pending.push({ name, subject, line: this.line, make })
  }

  needTable({ exists, builtin: { name } }: StoredTable): void {
    if (!exists) this.#add('TABLE_ADD', `table ${name}`, () => table.add({ family: 'ip', name }))
  }

  /** Makes sure that the kernel has a builtin chain, or all of them where no name is given. */
  needChain(stored: StoredTable, name?: string): void {
    this.needTable(stored)
    for (const builtin of stored.builtin.chains) {
      if (stored.base.has(builtin.hook) || (name !== undefined && name !== builtin.name)) continue
      const { message } = stored.addBuiltin(builtin)
      this.#add('CHAIN_ADD', `chain ${builtin.name}`, () => chain.add(message))
    }
  }

  deleteTable(stored: StoredTable): void {
    const { name } = stored.builtin
    if (stored.exists) this.#add('TABLE_FLUSH', `table ${name}`, () => table.delete({ family: 'ip', name }))
    stored.clear()
  }

  makeChain(stored: StoredTable, name: string): void {
    const message = { family: 'ip', table: stored.builtin.name, name } as const
    stored.user.push({ message, hook: undefined, rules: [] })
    this.#add('CHAIN_USER_ADD', `chain ${name}`, () => {
      const request = chain.create(message)
      // iptables asks that there be none, without asking that there be one.
      return { ...request, flags: request.flags & ~NLM_F_CREATE }
    })
  }

  setPolicy(
    stored: StoredTable,
    name: string,
    policy: 'accept' | 'drop' | undefined,
    counters: Counters,
    restoring: boolean,
  ): void {
    const message = builtinMessage(stored.builtin, builtinChain(stored.builtin, name)!, policy, {
      packets: counters.packets,
      bytes: counters.bytes,
    })
    this.#add('CHAIN_UPDATE', `chain ${name}`, () => (restoring ? chain.add(message) : chain.change(message)))
  }

  renameChain(stored: StoredTable, { message }: StoredChain, name: string): void {
    // One that this batch makes has no handle yet, and cannot be renamed.
    const { handle = 0 } = message
    const renamed = { family: 'ip', table: stored.builtin.name, name, handle } as const
    this.#add('CHAIN_RENAME', `chain ${name}`, () => chain.change(renamed))
  }

  deleteChain(stored: StoredTable, gone: StoredChain, skip: boolean): void {
    const { message, hook } = gone
    if (hook === undefined) stored.user = stored.user.filter((each) => each !== gone)
    else stored.base.delete(hook)
    if (skip) return
    this.#add('CHAIN_DEL', `chain ${message.name}`, () => chain.delete(known(message), { onlyEmpty: true }))
  }

  zeroChain({ message }: StoredChain): void {
    const counters = { packets: 0, bytes: 0 }
    this.#add('CHAIN_ZERO', `chain ${message.name}`, () => chain.add({ ...known(message), counters }))
  }

  append(stored: StoredTable, chainName: string, added: StoredRule): void {
    this.#rule('RULE_APPEND', chainName, () => rule.add(this.#message(stored, chainName, added)))
  }

  insert(stored: StoredTable, chainName: string, added: StoredRule, before: StoredRule | undefined): void {
    if (before !== undefined && before.handle === undefined) before.id ??= ++this.#ids
    this.#rule('RULE_INSERT', chainName, () => {
      const where = before === undefined ? {} : { position: before.handle, positionId: before.id }
      return rule.insert({ ...this.#message(stored, chainName, added), ...where })
    })
  }

  replace(stored: StoredTable, chainName: string, added: StoredRule, old: StoredRule): void {
    this.#rule('RULE_REPLACE', chainName, () =>
      rule.replace({ ...this.#message(stored, chainName, added), handle: old.handle }),
    )
  }

  delete(stored: StoredTable, chainName: string, gone: StoredRule): void {
    if (gone.handle === undefined) gone.id ??= ++this.#ids
    // iptables says all of the rule; the kernel looks at the handle or the id.
    this.#rule('RULE_DELETE', chainName, () =>
      rule.delete({ ...this.#message(stored, chainName, gone), handle: gone.handle }),
    )
  }

  /** Deletes all rules that a chain has so far. */
  flushChain(stored: StoredTable, chainName: string): void {
    const what = { family: 'ip', table: stored.builtin.name, chain: chainName } as const
    this.#rule('RULE_FLUSH', chainName, () => rule.flush(what))
  }

  /** Deletes all rules of a chain, or of all where no name is given, and those that are not there yet. */
  flush(stored: StoredTable, chainName?: string): void {
    // Of rules that are not there yet nothing is left, either.
    const isOf = ({ name, subject }: PendingChange) =>
      name.startsWith('RULE_') &&
      name !== 'RULE_FLUSH' &&
      (chainName === undefined || subject === `rule in chain ${chainName}`)
    const kept = this.pending.filter((change) => !isOf(change))
    this.pending.splice(0, this.pending.length, ...kept)
    const what = { family: 'ip', table: stored.builtin.name, chain: chainName } as const
    this.#rule('RULE_FLUSH', chainName ?? '(null)', () => rule.flush(what))
  }

  #rule(name: ChangeName, chainName: string, make: () => Change<unknown>): void {
    this.#add(name, `rule in chain ${chainName}`, make)
  }

  #message({ builtin }: StoredTable, chain: string, { expressions, compat, id, userdata }: StoredRule): rule.RuleInput {
    const sent = expressions as rule.RuleInput['expressions']
    return { family: 'ip', table: builtin.name, chain, expressions: sent, userdata, compat, id }
  }
}

/** What is sent of a chain that was read: all of it but its handle, so that the kernel looks for its name. */
function known({ table, name, hook, policy, use, counters, type, flags }: StoredChain['message']): chain.ChainInput {
  return { family: 'ip', table, name, hook, policy, use, counters, type, flags }
}
