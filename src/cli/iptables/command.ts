import type { Specification } from './specification.ts'

/** A command by its letter; `D#` and `Z#` are those with a rule's number. */
export type Verb = 'A' | 'C' | 'D' | 'D#' | 'E' | 'F' | 'I' | 'L' | 'N' | 'P' | 'R' | 'S' | 'X' | 'Z' | 'Z#'

export interface Counters {
  readonly packets: number | bigint
  readonly bytes: number | bigint
}

/** A command line that makes sense. */
export interface Command {
  readonly verb: Verb
  /** `-Z` that stands beside `-L` or `-S`. */
  readonly zero: 'Z' | 'Z#' | undefined
  readonly table: string
  readonly chain: string | undefined
  /** A rule's number, from 1. */
  readonly number: number
  readonly newName: string | undefined
  readonly policy: string | undefined
  /** What the rules are to be: several where an address stands for several. */
  readonly rules: readonly Specification[]
  readonly verbose: boolean
  readonly numeric: boolean
  readonly exact: boolean
  readonly lineNumbers: boolean
  /** The line of the file being restored. */
  readonly line: number | undefined
}

/** What a command line comes to. */
export type Parsed =
  | { readonly is: 'command'; readonly command: Command }
  /** Text for stdout, and nothing to be done: help, version. */
  | { readonly is: 'text'; readonly text: string }
  /** A line that is not for IPv4. */
  | { readonly is: 'nothing' }
