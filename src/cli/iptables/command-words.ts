import { ALLOWED, ONCE } from './base-options.ts'
import type { Verb } from './command.ts'
import { isVerdict, targetCalled } from './extensions.ts'
import { IptablesError } from './failure.ts'
import { wholeNumber } from './number.ts'
import { LONGEST_NAME } from './rule-draft.ts'

/** A command with the words that belong to it. */
export interface CommandWords {
  readonly verb: Verb
  readonly chain?: string | undefined
  readonly number?: number | undefined
  readonly newName?: string
  readonly policy?: string
}

/** Reads what follows a command's letter: `value` is its own, `argument` gives more words as long as they are no options. */
export function commandWords(verb: Verb, value: string | undefined, argument: () => string | undefined): CommandWords {
  const number = () => {
    const text = argument()
    return text === undefined ? undefined : ruleNumber(text)
  }
  const chain = 'LSFXZ'.includes(verb) ? (value ?? argument()) : value
  switch (verb) {
    case 'D':
    case 'Z': {
      const given = number()
      return given === undefined ? { verb, chain } : { verb: verb === 'D' ? 'D#' : 'Z#', chain, number: given }
    }
    case 'R':
      return { verb, chain, number: number() ?? missing('-R requires a rule number') }
    case 'I':
      return { verb, chain, number: number() ?? 1 }
    case 'L':
    case 'S':
      return { verb, chain, number: number() }
    case 'E':
      return { verb, chain, newName: argument() ?? missing('-E requires old-chain-name and new-chain-name') }
    case 'P':
      return { verb, chain, policy: argument() ?? missing('-P requires a chain and a policy') }
    default:
      return { verb, chain }
  }
}

function missing(what: string): never {
  throw new IptablesError(what)
}

function ruleNumber(text: string): number {
  return wholeNumber(text, 1, 0x7fffffff) ?? missing(`Invalid rule number \`${text}'`)
}

const tooLong = (name: string) =>
  new IptablesError(`chain name \`${name}' too long (must be under ${LONGEST_NAME + 1} chars)`)

/** Throws IptablesError where a chain cannot be called so. `isChain` tells of names that are chains all the same. */
export function assertChainName(name: string, isChain = (_name: string) => false): void {
  if (name.length > LONGEST_NAME) throw tooLong(name)
  if (/^[-!]/.test(name)) throw new IptablesError(`chain name not allowed to start with \`${name[0]}'`)
  if (name === '' || isVerdict(name) || (targetCalled(name) !== undefined && !isChain(name))) {
    throw new IptablesError('chain name may not clash with target name')
  }
  if (/\s/.test(name)) throw new IptablesError(`Invalid chain name \`${name}'`)
}

/** Throws IptablesError where an option is of no use to the command, or to the chain. */
export function assertUse(
  verb: Verb,
  zero: 'Z' | 'Z#' | undefined,
  chain: string | undefined,
  given: ReadonlySet<string>,
): void {
  const allowed = ALLOWED[verb]! + (zero === undefined ? '' : ALLOWED[zero])
  for (const letter of ONCE) {
    if (given.has(letter) && !allowed.includes(letter)) {
      throw new IptablesError(`Illegal option \`-${letter}' with this command`)
    }
  }
  if (chain === undefined) return
  if (chain.length > LONGEST_NAME) throw tooLong(chain)
  if (!'ACDIR'.includes(verb[0]!)) return
  // Packets that come in have no way out yet, and those that go out have come from nowhere.
  const useless = { PREROUTING: 'o', INPUT: 'o', POSTROUTING: 'i', OUTPUT: 'i' }[chain]
  if (useless !== undefined && given.has(useless)) throw new IptablesError(`Can't use -${useless} with ${chain}\n`)
}
