import { commentOf, type rule } from '../../netfilter/index.ts'
import { matchNamed, targetNamed } from './extensions.ts'
import { IptablesError } from './failure.ts'
import { SCALE } from './matches/limit.ts'
import { recogniseComparison } from './recognise-comparison.ts'
import { Recognition, type Register } from './recognition.ts'
import type { Specification } from './specification.ts'
import { shortened } from './values.ts'

type Expression = NonNullable<rule.Rule['expressions']>[number]
type DataOf<Name extends string> = NonNullable<Extract<Expression, { name: Name }>['data']>
type Step<Name extends string> = (recognition: Recognition, data: DataOf<Name>) => void

type StepName =
  | 'meta'
  | 'payload'
  | 'bitwise'
  | 'cmp'
  | 'range'
  | 'counter'
  | 'immediate'
  | 'match'
  | 'target'
  | 'limit'

/** What iptables makes of a rule that somebody wrote, with what it cannot make sense of. */
export interface Recognised {
  readonly specification: Specification
  /** Complaints, in order; iptables says them on stderr and then refuses the rule. */
  readonly errors: readonly string[]
}

/** How an interface is called, for rules that name it by index. */
export type InterfaceName = (index: number) => string

/** Reads a rule of the kernel in iptables' words. What is no condition to iptables (`lookup`) is passed over, as it does. */
export function recognise(from: Pick<rule.Rule, 'expressions' | 'userdata'>, interfaceName: InterfaceName): Recognised {
  const recognition = new Recognition(interfaceName)
  for (const { name, data } of from.expressions ?? []) {
    const kind = String(name)
    if (!Object.hasOwn(STEPS, kind) || data === undefined || data instanceof Uint8Array) continue
    ;(STEPS as Readonly<Record<string, Step<never>>>)[kind]!(recognition, data as never)
  }
  const comment = from.userdata === undefined ? undefined : commentOf(from.userdata)
  if (comment !== undefined) recognition.match('comment', { text: shortened(comment, 255) })
  return { specification: recognition.specification(), errors: recognition.errors }
}

/** The same, for a rule that has to make sense. Throws IptablesError; `complain` is given the reasons. */
export function recogniseWhole(
  from: Pick<rule.Rule, 'expressions' | 'userdata'>,
  interfaceName: InterfaceName,
  complain: (line: string) => void,
): Specification {
  const { specification, errors } = recognise(from, interfaceName)
  for (const error of errors) complain(`Error: ${error}\n`)
  if (errors.length > 0) throw new IptablesError('Parsing nftables rule failed', 'version')
  return specification
}

const STEPS: Readonly<{ [Name in StepName]: Step<Name> }> = {
  meta(recognition, { key, dreg, sreg }) {
    if (sreg !== undefined) recognition.errors.push('meta sreg key not supported')
    else if (dreg !== undefined) recognition.load(dreg, { is: 'meta', key: key ?? 0 })
  },
  payload(recognition, { dreg = 0, base = 0, offset = 0, length = 0 }) {
    recognition.load(dreg, { is: 'payload', base, offset, length })
  },
  bitwise(recognition, { sreg = 0, dreg = 0, mask, xor }) {
    const loaded = recognition.loaded(sreg)
    if (loaded === undefined) return
    if ((xor?.value?.length ?? 0) > 16) recognition.errors.push('bitwise xor too large')
    else if ((mask?.value?.length ?? 0) > 16) recognition.errors.push('bitwise mask too large')
    else recognition.load(dreg, { ...loaded, mask: mask?.value ?? new Uint8Array(4) } as Register)
  },
  cmp(recognition, { sreg = 0, operator = 'eq', data }) {
    recogniseComparison(recognition, recognition.loaded(sreg), operator, data?.value ?? new Uint8Array())
  },
  range(recognition, { sreg = 0, operator = 'eq', from, to }) {
    const loaded = recognition.loaded(sreg)
    if (loaded === undefined) recognition.errors.push('range sreg undef')
    else if (loaded.is !== 'payload') recognition.errors.push('range sreg type unsupported')
    else if (loaded.base !== 'transport') recognition.errors.push('range with unknown payload base')
    else if (from?.value?.length === 2 && to?.value?.length === 2) {
      recognition.portRange(loaded.offset, [u16be(from.value), u16be(to.value)], operator === 'neq')
    }
  },
  counter(recognition, { packets = 0, bytes = 0 }) {
    recognition.counters = { packets, bytes }
  },
  immediate(recognition, { dreg = 0, data }) {
    if (data?.verdict === undefined) {
      recognition.load(dreg, { is: 'immediate' })
      return
    }
    const { code, chain = '' } = data.verdict
    const verdict = VERDICTS[String(code)]
    if (verdict !== undefined) recognition.action = { verdict }
    else if (code === 'jump' || code === 'goto') recognition.action = { chain, goto: code === 'goto' }
  },
  match(recognition, { name = '', info = new Uint8Array() }) {
    const extension = matchNamed(name)
    if (extension === undefined) recognition.errors.push('match extension not found')
    else recognition.matches.push({ extension, info })
  },
  target(recognition, { name = '', info = new Uint8Array() }) {
    const extension = targetNamed(name)
    if (extension === undefined) recognition.errors.push('target extension not found')
    else recognition.action = { target: { extension, info } }
  },
  limit(recognition, { rate = 1, unit = 1, burst = 0 }) {
    // Of a time that is too long for its 32 bits iptables keeps the lower ones.
    const average = Math.floor((SCALE * Number(unit)) / Math.max(Number(rate), 1)) % 2 ** 32
    recognition.match('limit', { average, burst })
  },
}

const VERDICTS: Readonly<Record<string, string>> = { accept: 'ACCEPT', drop: 'DROP', return: 'RETURN' }
const u16be = (bytes: Uint8Array) => (bytes[0]! << 8) | bytes[1]!
