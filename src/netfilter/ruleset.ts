import { setTimeout } from 'node:timers/promises'
import { DumpInterruptedError, NetlinkError, type Request, type Socket } from '../netlink/index.ts'
import type { Family } from './family.ts'
import type { Chain } from './nftables/chain.ts'
import * as chain from './nftables/chain.ts'
import type { Element } from './nftables/element.ts'
import * as element from './nftables/element.ts'
import type { Flowtable } from './nftables/flowtable.ts'
import * as flowtable from './nftables/flowtable.ts'
import * as generation from './nftables/generation.ts'
import type { NftObject } from './nftables/object.ts'
import * as object from './nftables/object.ts'
import type { Rule } from './nftables/rule.ts'
import * as rule from './nftables/rule.ts'
import type { NftSet } from './nftables/set.ts'
import * as set from './nftables/set.ts'
import type { Table } from './nftables/table.ts'
import * as table from './nftables/table.ts'
import { pause, StaleGenerationError } from './transaction.ts'

/** All that nf_tables holds, at one moment. */
export interface Ruleset {
  readonly generation: number
  readonly tables: readonly Table[]
  readonly chains: readonly Chain[]
  /** Chain by chain, in the order in which they are done. */
  readonly rules: readonly Rule[]
  readonly sets: readonly (NftSet & { readonly elements: readonly Element[] })[]
  readonly objects: readonly NftObject[]
  readonly flowtables: readonly Flowtable[]
}

export interface RulesetFilter {
  readonly family?: Family | undefined
}

const ATTEMPTS = 100

/**
 * Reads the whole rule set, or that of a family: anew if it changed meanwhile, so that all parts are of one generation.
 * @throws NetlinkError; StaleGenerationError when it never stood still
 */
export async function readRuleset(
  socket: Socket,
  { signal, ...filter }: RulesetFilter & { readonly signal?: AbortSignal } = {},
): Promise<Ruleset> {
  const options = signal === undefined ? {} : { signal }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const steps = reading(filter)
    let step = steps.next()
    while (step.done !== true) {
      const answer = await socket.request(step.value).catch(thrown)
      step = answer instanceof Thrown ? steps.throw(answer.error) : steps.next(answer)
    }
    if (step.value !== undefined) return step.value
    await setTimeout(pause(attempt), undefined, options)
  }
  throw new StaleGenerationError(ATTEMPTS)
}

/** `readRuleset`, synchronously. */
export function readRulesetSync(socket: Socket, filter: RulesetFilter = {}): Ruleset {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const steps = reading(filter)
    let step = steps.next()
    while (step.done !== true) {
      let answer: unknown
      try {
        answer = socket.requestSync(step.value)
      } catch (error) {
        step = steps.throw(error)
        continue
      }
      step = steps.next(answer)
    }
    if (step.value !== undefined) return step.value
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause(attempt))
  }
  throw new StaleGenerationError(ATTEMPTS)
}

class Thrown {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

function thrown(error: unknown): Thrown {
  return new Thrown(error)
}

type Steps<Result> = Generator<Request<unknown>, Result, unknown>

/** The questions one after another, each answered by `next`. Returns nothing where the rule set changed meanwhile. */
function* reading(filter: RulesetFilter): Steps<Ruleset | undefined> {
  try {
    return yield* parts(filter)
  } catch (error) {
    if (error instanceof DumpInterruptedError) return undefined
    throw error
  }
}

function* parts({ family }: RulesetFilter): Steps<Ruleset | undefined> {
  const before = yield* ask(generation.get())
  const tables = yield* ask(table.list({ family }))
  const chains = yield* ask(chain.list({ family }))
  const rules = yield* ask(rule.list({ family }))
  const found = yield* ask(set.list({ family }))
  const objects = yield* ask(object.list({ family }))
  const flowtables = yield* flowtablesOf(family)
  const sets: Ruleset['sets'][number][] = []
  try {
    for (const one of found) {
      const messages = yield* ask(element.list({ family: one.family!, table: one.table!, set: one.name! }))
      sets.push({ ...one, elements: messages.flatMap(({ elements = [] }) => elements) })
    }
  } catch (error) {
    // Gone since it was listed.
    if (!isRefusal(error, 'ENOENT')) throw error
    return undefined
  }
  const after = yield* ask(generation.get())
  if (after.id !== before.id) return undefined
  return { generation: before.id!, tables, chains, rules, sets, objects, flowtables }
}

function* ask<Reply>(request: Request<Reply>): Steps<Reply> {
  return (yield request) as Reply
}

/** Kernels may be without flow tables. */
function* flowtablesOf(family: Family | undefined): Steps<readonly Flowtable[]> {
  try {
    return yield* ask(flowtable.list({ family }))
  } catch (error) {
    if (!isRefusal(error, 'EOPNOTSUPP') && !isRefusal(error, 'EINVAL')) throw error
    return []
  }
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof NetlinkError && error.code === code
}
