import { type FixedCodec, Writer } from '../../netlink/index.ts'
import { IptablesError } from './failure.ts'

/** What an extension may know of the rule that it is in. */
export interface About {
  readonly protocol: number
  readonly notProtocol: boolean
}

/** How a rule is listed. */
export interface Listing extends About {
  readonly numeric: boolean
  /** The name of an address, or the address where it has none. */
  host(address: string): string
  /** The name of a port, or its number. */
  port(number: number, protocol: string): string
}

/** A struct while options are read into it. */
export type Writable<Info> = { -readonly [Field in keyof Info]: Info[Field] }

/** One option as it was given. */
export interface Given<Info> {
  readonly info: Writable<Info>
  readonly value: string
  readonly not: boolean
  readonly rule: About
  /** The option as it is called in errors. */
  readonly asked: { readonly extension: string; readonly option: string }
  /** Names of the options that came before. */
  readonly before: ReadonlySet<string>
  /** A second value, where the next word is no option. */
  second(): string | undefined
}

export interface OptionDeclaration<Info> {
  /** The first is what errors call it, where `called` is not set. */
  readonly names: readonly string[]
  readonly value?: boolean
  /** Whether `!` may stand before it. */
  readonly not?: boolean
  readonly required?: boolean
  /** Options that exclude it, by their first name. */
  readonly excludes?: readonly string[]
  /** It says itself what is wrong when it is given twice or with `!`. */
  readonly lenient?: boolean
  read(given: Given<Info>): void
}

export interface Declaration<Info> {
  /** What the kernel calls it. */
  readonly name: string
  readonly revision: number
  readonly codec: FixedCodec<Info, never>
  /** What it is called in `-m` and `-j`, where that is not its name. */
  readonly word?: string
  /** What it says before an option is given, other than zeros. */
  readonly initially?: Partial<Info>
  readonly options: readonly OptionDeclaration<Info>[]
  /** What has to hold when all options are read. */
  check?(info: Info, given: ReadonlySet<string>): void
  /** What `-S` and iptables-save call it. */
  savedAs?(info: Info): string
  save(info: Info, rule: About): string
  list(info: Info, listing: Listing): string
  readonly help: string
  /** How many bytes of it count when rules are compared; all, where it is not set. */
  readonly compared?: number
}

/** An extension of which options are being read. */
export interface Draft {
  readonly extension: Extension
  take(option: string, value: string | undefined, not: boolean, rule: About, second: () => string | undefined): void
  /** Its struct, once all is read. Throws IptablesError where something is missing. */
  finish(): Uint8Array
}

/** A match or a target: its options, and how it is written, by the bytes of its struct. */
export interface Extension {
  readonly name: string
  readonly word: string
  readonly revision: number
  readonly size: number
  readonly compared: number
  readonly help: string
  readonly options: readonly { readonly name: string; readonly canonical: string; readonly value: boolean }[]
  begin(): Draft
  /** What it says before an option is given. */
  initial(): Record<string, unknown>
  decode(info: Uint8Array): Record<string, unknown>
  /** What is left out is as in `initial`. */
  encode(says: Record<string, unknown>): Uint8Array
  savedAs(info: Uint8Array): string
  save(info: Uint8Array, rule: About): string
  list(info: Uint8Array, listing: Listing): string
}

/** Makes an extension of its declaration, in which the struct has its own type. */
export function extension<Info extends object>(declaration: Declaration<Info>): Extension {
  const { name, revision, codec, word = name, options, help, compared = codec.size } = declaration
  const decode = (bytes: Uint8Array) => {
    const whole = new Uint8Array(codec.size)
    whole.set(bytes.subarray(0, codec.size))
    return codec.at(whole, 0)
  }
  const initial = (): Info => ({ ...decode(new Uint8Array()), ...declaration.initially })
  const encode = (info: Info): Uint8Array => {
    const writer = new Writer(codec.size)
    codec.write(writer, info as never, {})
    return writer.finish()
  }
  const made: Extension = {
    name,
    word,
    revision,
    size: codec.size,
    compared,
    help,
    options: options.flatMap(({ names, value = true }) =>
      names.map((each) => ({ name: each, canonical: names[0]!, value })),
    ),
    begin: () => draft(made, declaration, initial(), encode),
    initial: () => initial() as Record<string, unknown>,
    decode: (info) => decode(info) as Record<string, unknown>,
    encode: (says) => encode({ ...initial(), ...says }),
    savedAs: (info) => declaration.savedAs?.(decode(info)) ?? name,
    save: (info, rule) => declaration.save(decode(info), rule),
    list: (info, listing) => declaration.list(decode(info), listing),
  }
  return made
}

function draft<Info extends object>(
  made: Extension,
  declaration: Declaration<Info>,
  info: Info,
  encode: (info: Info) => Uint8Array,
): Draft {
  const { word, options } = declaration
  const extensionName = word ?? declaration.name
  const given = new Set<string>()
  return {
    extension: made,
    take(name, value, not, rule, second) {
      const option = options.find(({ names }) => names.includes(name))!
      const first = option.names[0]!
      const asked = { extension: extensionName, option: first }
      if (!option.lenient) {
        const complaint = given.has(first) ? 'can only be used once' : not && !option.not ? 'cannot be inverted' : ''
        if (complaint !== '') throw new IptablesError(`${extensionName}: option "--${first}" ${complaint}.\n`)
      }
      option.read({ info, value: value ?? '', not, rule, asked, before: given, second })
      given.add(first)
    },
    finish() {
      declaration.check?.(info, given)
      for (const { names, required, excludes = [] } of options) {
        const first = names[0]!
        if (required && !given.has(first)) {
          throw new IptablesError(`${extensionName}: option "--${first}" must be specified\n`)
        }
        const other = given.has(first) ? excludes.find((name) => given.has(name)) : undefined
        if (other === undefined) continue
        const together = `option "--${first}" cannot be used together with "--${other}"`
        throw new IptablesError(`${extensionName}: ${together}.\n`)
      }
      return encode(info)
    },
  }
}
