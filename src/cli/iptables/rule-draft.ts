import type { About, Draft, Extension } from './extension.ts'
import { matchCalled, targetCalled, VERDICTS } from './extensions.ts'
import { IptablesError } from './failure.ts'
import type { LongOption } from './option-reader.ts'
import { parseProtocol, protocolName } from './protocol.ts'
import type { Action, Interface, Inverted } from './specification.ts'

/** The longest name of a match, a target or a chain. */
export const LONGEST_NAME = 28
const LONGEST_INTERFACE = 15

/** A rule while its command line is read. */
export class RuleDraft implements About {
  source: string | undefined
  destination: string | undefined
  input: Interface | undefined
  output: Interface | undefined
  fragment = false
  protocol = 0
  protocolText: string | undefined
  jump: string | undefined
  goto = false
  readonly inverted = new Set<Inverted>()
  readonly matches: Draft[] = []
  target: Draft | undefined
  #usedProtocolMatch = false

  get notProtocol(): boolean {
    return this.inverted.has('protocol')
  }

  setProtocol(text: string): void {
    this.protocolText = text.toLowerCase()
    this.protocol = parseProtocol(this.protocolText)
    if (this.protocol === 0 && this.notProtocol) throw new IptablesError('rule would never match protocol')
  }

  addMatch(word: string): void {
    if (word.length > LONGEST_NAME) throw new IptablesError(`Invalid match name "${word}" (${LONGEST_NAME} chars max)`)
    const extension = matchCalled(word)
    if (extension === undefined) throw new IptablesError(`Couldn't load match \`${word}':No such file or directory\n`)
    this.matches.push(extension.begin())
  }

  /**
   * Loads the match of the protocol, whose options may stand without `-m`. False where there is none, or it was loaded for that
   * reason before.
   */
  addProtocolMatch(): boolean {
    const match = this.#protocolMatch()
    const isLoaded = this.matches.some(({ extension }) => extension === match)
    if (match === undefined || (isLoaded && this.#usedProtocolMatch)) return false
    this.#usedProtocolMatch = true
    this.matches.push(match.begin())
    return true
  }

  #protocolMatch(): Extension | undefined {
    if (this.protocolText === undefined) return undefined
    const name = /^\d/.test(this.protocolText) ? protocolName(this.protocol) : this.protocolText
    return name === undefined ? undefined : matchCalled(name)
  }

  setJump(name: string): void {
    if (name === '') throw new IptablesError('Invalid target name (too short)')
    if (name.length > LONGEST_NAME) {
      throw new IptablesError(`Invalid target name \`${name}' (${LONGEST_NAME} chars max)`)
    }
    if (/\s/.test(name)) throw new IptablesError(`Invalid target name \`${name}'`)
    this.jump = name
  }

  /** Options of the matches and the target, the newest first: their ids lead back to them (`take`). */
  longOptions(): LongOption[] {
    const drafts = this.target === undefined ? this.matches : [...this.matches, this.target]
    const extensions = [...new Set(drafts.map(({ extension }) => extension))].reverse()
    return extensions.flatMap(({ word, options }) =>
      options.map(({ name, canonical, value }) => ({
        name,
        id: `${word} ${canonical}`,
        value: value ? 'required' : 'none',
      })),
    )
  }

  /** Takes an option of a match or the target. */
  take(id: string, value: string | undefined, not: boolean, second: () => string | undefined): void {
    const [word, option] = id.split(' ') as [string, string]
    const draft =
      this.target?.extension.word === word
        ? this.target
        : this.matches.findLast(({ extension }) => extension.word === word)
    draft?.take(option, value, not, this, second)
  }

  /** What `-j` or `-g` lead to. Throws IptablesError where the target lacks an option. */
  action(): Action {
    if (this.target !== undefined) {
      const { extension } = this.target
      return { target: { extension, info: this.target.finish() } }
    }
    if (this.jump === undefined) return undefined
    if (VERDICTS.has(this.jump) && !this.goto) return { verdict: this.jump }
    return { chain: this.jump, goto: this.goto }
  }

  /** Loads the target that the name after `-j` is, unless it is a chain. */
  loadTarget(isChain: boolean): void {
    this.target = isChain ? undefined : targetCalled(this.jump!)?.begin()
  }
}

/** `eth0`, or `veth+` for all whose names begin so. `warn` is given what is odd about the name. */
export function parseInterface(text: string, warn: (line: string) => void): Interface {
  if (Buffer.byteLength(text) > LONGEST_INTERFACE) {
    throw new IptablesError(`interface name \`${text}' must be shorter than IFNAMSIZ (${LONGEST_INTERFACE})`)
  }
  if (/[/ ]/.test(text)) {
    warn(`Warning: weird character in interface \`${text}' ('/' and ' ' are not allowed by the kernel).\n`)
  }
  const prefix = text.endsWith('+')
  return { name: prefix ? text.slice(0, -1) : text, prefix }
}
