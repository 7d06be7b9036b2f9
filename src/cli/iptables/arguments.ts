import { ANYWHERE, parseNetworks } from './address.ts'
import { ALLOWED, INVERTIBLE, LONG, SHORT } from './base-options.ts'
import type { Command, Counters, Parsed, Verb } from './command.ts'
import { assertChainName, assertUse, commandWords } from './command-words.ts'
import { IptablesError, VERSION } from './failure.ts'
import { helpText } from './help.ts'
import { leadingCount } from './number.ts'
import { OptionReader } from './option-reader.ts'
import { parseInterface, RuleDraft } from './rule-draft.ts'
import type { Specification } from './specification.ts'

export interface Surroundings {
  readonly program: string
  /** The table and the line of the file being restored. */
  readonly restoring?: { readonly table: string; readonly line: number; isChain(name: string): boolean }
  /** Text for stderr that stops nothing. */
  warn(text: string): void
}

/** `-6` in a command line for IPv4: nothing is said but how to get help. */
export class WrongFamily extends Error {
  override readonly name = 'WrongFamily'
}

/** A word that is neither an option nor an option's value. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument'
}

/** Reads a command line of iptables. Throws IptablesError where it makes no sense. */
export async function parseArguments(words: readonly string[], surroundings: Surroundings): Promise<Parsed> {
  const reading = new Reading(words, surroundings)
  const early = reading.read()
  return early ?? { is: 'command', command: await reading.finish() }
}

class Reading {
  readonly #surroundings: Surroundings
  readonly #reader: OptionReader
  readonly #rule = new RuleDraft()
  /** Of ONCE. */
  readonly #given = new Set<string>()
  #verb: Verb | undefined
  #zero: 'Z' | 'Z#' | undefined
  #table = 'filter'
  #chain: string | undefined
  #number = 0
  #newName: string | undefined
  #policy: string | undefined
  #counters: Counters = { packets: 0, bytes: 0 }
  #not = false
  #waits = false
  #hasInterval = false

  constructor(words: readonly string[], surroundings: Surroundings) {
    this.#surroundings = surroundings
    this.#reader = new OptionReader(surroundings.program, words)
    if (surroundings.restoring !== undefined) this.#table = surroundings.restoring.table
  }

  /** Reads all words; what it gives is for help and the like, which end the reading. */
  read(): Parsed | undefined {
    for (;;) {
      const word = this.#reader.next(SHORT, [...LONG, ...this.#rule.longOptions()])
      if (word === undefined) return undefined
      if (word.is === 'operand') {
        if (word.word !== '!') throw new BadArgument(word.word)
        if (this.#not) throw new IptablesError('multiple consecutive ! not allowed')
        this.#not = true
        continue
      }
      if (word.is !== 'option') {
        if (this.#rule.addProtocolMatch()) {
          this.#reader.again()
          continue
        }
        const { last } = this.#reader
        throw new IptablesError(
          word.is === 'missing' ? `option "${last}" requires an argument` : `unknown option "${last}"`,
        )
      }
      const early = this.#option(word.id, word.value)
      if (early !== undefined) return early
      this.#not = false
    }
  }

  #option(id: string, value: string | undefined): Parsed | undefined {
    if (id.includes(' ')) this.#rule.take(id, value, this.#not, () => this.#reader.argument())
    else if (id in ALLOWED) this.#command(id as Verb, value)
    else return this.#plain(id, value ?? '', value)
    return undefined
  }

  #command(letter: Verb, value: string | undefined): void {
    const isZeroing = letter === 'Z' && (this.#verb === 'L' || this.#verb === 'S')
    const isListing = (letter === 'L' || letter === 'S') && this.#zero !== undefined && this.#verb === undefined
    if (letter === 'N') assertChainName(value!)
    if (this.#not) throw new IptablesError("unexpected '!' flag")
    const before = isZeroing || isListing ? undefined : (this.#verb ?? this.#zero)
    if (before !== undefined) throw new IptablesError(`Cannot use -${letter} with -${before[0]}`)
    const words = commandWords(letter, value, () => this.#reader.argument())
    if (letter === 'Z') {
      this.#zero = words.verb as 'Z' | 'Z#'
      if (words.verb === 'Z#') this.#verb = undefined
    } else this.#verb = words.verb
    this.#chain = words.chain ?? this.#chain
    this.#number = words.number ?? this.#number
    this.#newName = words.newName
    this.#policy = words.policy
  }

  #plain(letter: string, value: string, given: string | undefined): Parsed | undefined {
    const rule = this.#rule
    const { warn, restoring, program } = this.#surroundings
    // Some options take the last word as it is, so that `--protocol=tcp` names a protocol of all that.
    const { last } = this.#reader
    switch (letter) {
      case 'p':
        this.#once('p')
        rule.setProtocol(last)
        return
      case 's':
        this.#once('s')
        rule.source = last
        return
      case 'd':
        this.#once('d')
        rule.destination = last
        return
      case 'i':
      case 'o':
        if (value === '') throw new IptablesError('Empty interface is likely to be undesired')
        this.#once(letter)
        rule[letter === 'i' ? 'input' : 'output'] = parseInterface(last, warn)
        return
      case 'j':
      case 'g':
        this.#once('j')
        rule.setJump(letter === 'j' ? last : value)
        rule.goto = letter === 'g'
        rule.loadTarget(rule.goto || restoring?.isChain(value) === true)
        return
      case 'f':
        this.#once('f')
        rule.fragment = true
        return
      case 'm':
        if (this.#not) throw new IptablesError('unexpected ! flag before --match')
        rule.addMatch(value)
        return
      case 'v':
        if (!this.#given.has('v')) this.#once('v')
        return
      case 'n':
      case 'x':
      case '0':
        this.#once(letter)
        return
      case 't':
        if (this.#not) throw new IptablesError('unexpected ! flag before --table')
        if (restoring !== undefined) throw new IptablesError(`The -t option cannot be used in ${program}.\n`)
        this.#table = value
        return
      case 'c':
        this.#once('c')
        this.#counters = this.#readCounters(value)
        return
      case 'w':
      case 'W':
        this.#wait(letter, given)
        return
      case 'V':
        return { is: 'text', text: this.#not ? `Not ${VERSION.slice(1)} ;-)\n` : `${program} ${VERSION}\n` }
      case 'h':
        if (rule.matches.length === 0) rule.addProtocolMatch()
        return { is: 'text', text: helpText(program, rule) }
      case '6':
        if (restoring !== undefined) return { is: 'nothing' }
        throw new WrongFamily()
    }
  }

  /** Notes an option that may stand once. */
  #once(letter: string): void {
    if (this.#given.has(letter)) throw new IptablesError(`multiple -${letter} flags not allowed`)
    this.#given.add(letter)
    if (!this.#not) return
    if (!Object.hasOwn(INVERTIBLE, letter)) throw new IptablesError(`cannot have ! before -${letter}`)
    this.#rule.inverted.add(INVERTIBLE[letter as keyof typeof INVERTIBLE])
  }

  #readCounters(value: string): Counters {
    const comma = value.indexOf(',', 1)
    const packets = comma < 0 ? value : value.slice(0, comma)
    const bytes = comma < 0 ? this.#reader.argument() : value.slice(comma + 1)
    if (bytes === undefined) throw new IptablesError('-c requires packet and byte counter')
    const [first, second] = [leadingCount(packets), leadingCount(bytes)]
    if (first === undefined) throw new IptablesError('-c packet counter not numeric')
    if (second === undefined) throw new IptablesError('-c byte counter not numeric')
    return { packets: first, bytes: second }
  }

  /** The kernel takes changes one after another: there is nothing to wait for. */
  #wait(letter: 'w' | 'W', given: string | undefined): void {
    const { restoring, warn } = this.#surroundings
    if (restoring !== undefined) throw new IptablesError(`You cannot use \`-${letter}' from iptables-restore`)
    const text = given ?? this.#reader.argument()
    const number = text === undefined ? undefined : leadingDigits(text)
    if (letter === 'w') {
      if (text !== undefined && number === undefined) throw new IptablesError('wait seconds not numeric')
      this.#waits = number !== 0
      return
    }
    if (text === undefined) throw new IptablesError('wait interval value required')
    if (number === undefined) throw new IptablesError('wait interval not numeric')
    if (number > 999999) throw new IptablesError(`too long usec wait ${number} > 999999 usec`)
    warn('Ignoring deprecated --wait-interval option.\n')
    this.#hasInterval = true
  }

  async finish(): Promise<Command> {
    const rule = this.#rule
    if (this.#table === 'nat' && (this.#policy === 'DROP' || rule.jump === 'DROP')) {
      const message = 'The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.'
      throw new IptablesError(`\n${message}\n\n`)
    }
    if (this.#hasInterval && !this.#waits) throw new IptablesError('--wait-interval only makes sense with --wait\n')
    const matches = rule.matches.map((match) => ({ extension: match.extension, info: match.finish() }))
    const action = rule.action()
    if (!this.#reader.done) throw new IptablesError('unknown arguments found on commandline')
    const verb = this.#verb ?? this.#zero
    if (verb === undefined) throw new IptablesError('no command specified')
    if (this.#not) throw new IptablesError('nothing appropriate following !')
    const { packets, bytes } = this.#counters
    const { input, output, protocol, fragment, inverted } = rule
    const rest = { input, output, protocol, fragment, inverted, matches, action, packets, bytes }
    const rules = await this.#rules(verb, rest)
    assertUse(verb, this.#zero, this.#chain, this.#given)
    return {
      verb,
      zero: this.#verb === undefined ? undefined : this.#zero,
      table: this.#table,
      chain: this.#chain,
      number: this.#number,
      newName: this.#newName,
      policy: this.#policy,
      rules,
      verbose: this.#given.has('v'),
      numeric: this.#given.has('n'),
      exact: this.#given.has('x'),
      lineNumbers: this.#given.has('0'),
      line: this.#surroundings.restoring?.line,
    }
  }

  /** A rule for each pair of addresses. */
  async #rules(verb: Verb, rest: Omit<Specification, 'source' | 'destination'>): Promise<Specification[]> {
    const { source, destination, inverted } = this.#rule
    const sources = source === undefined ? [ANYWHERE] : await parseNetworks(source)
    const destinations = destination === undefined ? [ANYWHERE] : await parseNetworks(destination)
    const isSeveral = sources.length > 1 || destinations.length > 1
    if (isSeveral && (inverted.has('source') || inverted.has('destination'))) {
      throw new IptablesError('! not allowed with multiple source or destination IP addresses')
    }
    if (isSeveral && verb === 'R') throw new IptablesError('Replacement rule does not specify a unique address')
    return sources.flatMap((from) => destinations.map((to) => ({ source: from, destination: to, ...rest })))
  }
}

function leadingDigits(text: string): number | undefined {
  const digits = /^\s*([+-]?\d+)/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
