import process from 'node:process'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Output, openOutput } from './print/index.ts'

/** Words that make no sense. Without a message it is a request for help. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>
type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>['values']

/** A command that is not ip's: its words are read as Node's programs read theirs. */
export interface OwnCommand<O extends Options> {
  readonly name: string
  readonly usage: string
  /** As `parseArgs` of node:util takes them; `--help` and `-h` are there anyway. */
  readonly options: O
  /** Whether its operands are a command, which begins with the first of them: what follows belongs to that. False unless told. */
  readonly takesCommand?: boolean
  /** Whether what an error says is all that a person needs. Other errors come from a mistake in ipts. */
  foresees(error: unknown): error is Error
  /** What is said of such an error; its message unless told. */
  words?(error: Error): string
  /** Does the work and gives the exit status. `rest` is what stands after `--`. Throws UsageError. */
  run(values: Values<O>, words: readonly string[], out: Output, rest: readonly string[] | undefined): Promise<number>
  /** The exit status for words without sense; 255 unless told. */
  readonly usageStatus?: number
  /** The exit status for what was foreseen; 1 unless told. */
  readonly failureStatus?: number
}

/** The `main` of a command: help on stdout, what is wrong with the words and the usage, or what failed, on stderr. */
export function ownCommand<const O extends Options>(
  command: OwnCommand<O>,
): (argv: readonly string[]) => Promise<number> {
  return async (argv) => {
    const out = openOutput(1)
    const complain = (text: string) => {
      out.flush()
      process.stderr.write(`ipts ${command.name}: ${text}\n`)
    }
    try {
      const end = command.takesCommand ? endOfOptions(argv, command.options) : argv.indexOf('--')
      const [own, rest] = end < 0 ? [argv, undefined] : [argv.slice(0, end), argv.slice(end)]
      if (rest?.[0] === '--') rest.shift()
      const { values, positionals } = parse(own, command.options)
      return await command.run(values, positionals, out, rest)
    } catch (error) {
      if (error instanceof UsageError) {
        if (error.message === '') out.write(command.usage)
        else complain(`${error.message}\n${command.usage.trimEnd()}`)
        return error.message === '' ? 0 : (command.usageStatus ?? 255)
      }
      if (!command.foresees(error)) throw error
      complain(command.words?.(error) ?? error.message)
      return command.failureStatus ?? 1
    } finally {
      out.flush()
    }
  }
}

/** Where the first operand, or `--`, stands; -1 where there is none. */
function endOfOptions(argv: readonly string[], options: Options): number {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true })
  return tokens.find(({ kind }) => kind !== 'option')?.index ?? -1
}

function parse<O extends Options>(args: readonly string[], options: O) {
  const help = { help: { type: 'boolean', short: 'h' } } as const
  let parsed: { values: object; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options: { ...options, ...help }, allowPositionals: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error
    // Its second sentence is advice that does not hold here.
    throw new UsageError(message.replace(/\. To specify a positional.*/s, ''))
  }
  const { help: wanted, ...values } = parsed.values as { help?: boolean }
  if (wanted || args[0] === 'help') throw new UsageError('')
  return { values: values as Values<O>, positionals: parsed.positionals }
}
