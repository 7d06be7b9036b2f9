/** What iptables calls the kinds of its errors; the number is the exit status. */
export const PROBLEMS = { other: 1, parameter: 2, version: 3, resource: 4 } as const
export type Problem = keyof typeof PROBLEMS

/** A command line, or a rule, that iptables refuses. `message` is what stands after the program's name and version. */
export class IptablesError extends Error {
  override readonly name = 'IptablesError'
  readonly code = 'ERR_IPTABLES'
  readonly problem: Problem

  constructor(message: string, problem: Problem = 'parameter') {
    super(message)
    this.problem = problem
  }
}

/** A command that the rule set as it is does not allow. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  readonly code = 'ERR_IPTABLES_REFUSED'
  /** The line of the file being restored. */
  readonly line: number | undefined
  /** Whether iptables takes it for something that the kernel may have said more of. */
  readonly hint: boolean

  constructor(message: string, line: number | undefined, hint = false) {
    super(message)
    this.line = line
    this.hint = hint
  }
}

export const NO_SUCH_NAME = 'No chain/target/match by that name'
export const NO_SUCH_RULE = 'Bad rule (does a matching rule exist in that chain?)'

export const VERSION = 'v1.8.9 (nf_tables)'

/** The whole text for stderr. `line` is the line of the file being restored. */
export function errorText(program: string, { message, problem }: IptablesError, line?: number): string {
  const text = `${program} ${VERSION}: ${message}\n`
  if (problem === 'version') return `${text}Perhaps ${program} or your kernel needs to be upgraded.\n`
  return problem === 'parameter' ? text + tryHelp(program, line) : text
}

export function tryHelp(program: string, line?: number): string {
  const where = line === undefined ? '' : `Error occurred at line: ${line}\n`
  return `${where}Try \`${program} -h' or '${program} --help' for more information.\n`
}
