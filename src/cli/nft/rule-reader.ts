import type { DataType, Lookup } from './data-type.ts'
import * as types from './data-type.ts'
import { type Operand, operand } from './operand.ts'
import { type Shown, shown } from './shown.ts'

/** An expression's attributes, by name. What is in them is looked at by who knows the expression. */
export type Data = Readonly<Record<string, unknown>>
/** Reads an expression of one kind. */
export type Read = (rule: RuleReader, data: Data) => void

/** What a rule refers to. */
export interface RuleContext extends Lookup {
  readonly family: string
  /** Whether counts are left out. */
  readonly stateless?: boolean
  /** The members of a set that has no name for people, its keys being of these types; undefined for a named set. */
  anonymousSet(name: string, keys: readonly DataType[]): readonly Shown[] | undefined
}

/** A protocol that is known by now, and where in the statements it was asked for. */
interface Known {
  readonly name: string
  readonly at: number | undefined
}

/** What is known half-way through a rule: what the registers hold, and what has been said. */
export class RuleReader {
  readonly context: RuleContext
  /** The kind of link that it came by. */
  link: Known | undefined
  network: Known | undefined
  transport: Known | undefined
  /** The lower end of a range, where that was the last statement. */
  lower: { readonly of: string; readonly bytes: Uint8Array; readonly at: number } | undefined
  readonly #registers = new Map<number, Operand>()
  readonly #statements: (Shown | undefined)[] = []

  constructor(context: RuleContext) {
    this.context = context
    if (this.inOneFamily) this.network = { name: context.family, at: undefined }
  }

  /** Whether all packets are of the same family. */
  get inOneFamily(): boolean {
    return this.context.family === 'ip' || this.context.family === 'ip6'
  }

  get statements(): Shown[] {
    return this.#statements.filter((statement) => statement !== undefined)
  }

  /** Where the next statement will stand. */
  get next(): number {
    return this.#statements.length
  }

  say(statement: Shown): void {
    this.#statements.push(statement)
    if (!isCondition(statement)) this.#keepQuestions()
  }

  /** What was asked before something else than a condition stands is not taken back, as nft has it. */
  #keepQuestions(): void {
    const kept = (known: Known | undefined) => known && { ...known, at: undefined }
    this.link = kept(this.link)
    this.network = kept(this.network)
    this.transport = kept(this.transport)
  }

  /** Says something in place of the last statement. */
  resay(statement: Shown): void {
    this.#statements[this.#statements.length - 1] = statement
  }

  /** Takes back the question for a protocol, since what follows says it. */
  imply(known: Known | undefined): void {
    if (known?.at !== undefined) this.#statements[known.at] = undefined
  }

  get(register: unknown): Operand | undefined {
    return typeof register === 'number' ? this.#registers.get(unit(register)) : undefined
  }

  set(register: unknown, value: Operand): void {
    if (typeof register !== 'number') return
    this.#registers.set(unit(register), { ...value, type: types.asShown(value.type, this.context) })
  }

  /** The operands that lie one after another from a register on. */
  following(register: unknown): Operand[] {
    const found: Operand[] = []
    let at = typeof register === 'number' ? unit(register) : -1
    for (let next = this.#registers.get(at); next !== undefined; next = this.#registers.get(at)) {
      found.push(next)
      at += Math.ceil(next.length / 4)
    }
    return found
  }

  /** A condition must never be dropped: what cannot be shown says so. */
  unknown(name: string, data: Data): void {
    const what = shown(`[unsupported expression ${name}]`, { unsupported: name })
    if (typeof data.dreg === 'number') this.set(data.dreg, operand(what, types.integer, 4))
    else this.say(what)
  }
}

const isCondition = ({ json }: Shown) => json !== null && typeof json === 'object' && 'match' in json

/** Registers 1 to 4 are of sixteen bytes, 8 to 23 the same memory in fours (NFT_REG_*). */
function unit(register: number): number {
  return register >= 1 && register <= 4 ? 8 + (register - 1) * 4 : register
}
