import { writeSync } from 'node:fs'
import process from 'node:process'
import { match, P } from 'ts-pattern'
import { errnoMessage, SIG_DFL, SIGPIPE, SystemError, signal, UnsupportedPlatformError } from '../libc/index.ts'
import { CodecError, NetlinkError } from '../netlink/index.ts'
import { CommandFailure } from './grammar/index.ts'

/** Says what went wrong on stderr and gives the exit status. What nobody foresaw is thrown on. */
export function report(error: unknown): number {
  if (isBrokenPipe(error)) return endByPipe()
  const [message, status] = describe(error)
  if (message !== '') writeSync(2, `${message}\n`)
  return status
}

function describe(error: unknown): readonly [message: string, status: number] {
  return (
    match(error)
      .returnType<readonly [string, number]>()
      .with(P.instanceOf(CommandFailure), ({ message, status }) => [message, status])
      .with(P.instanceOf(NetlinkError), (refused) => [refusal(refused), 2])
      .with(P.intersection(P.instanceOf(SystemError), { syscall: 'socket' }), ({ errno }) => [
        `Cannot open netlink socket: ${errnoMessage(errno)}`,
        1,
      ])
      // A value that the kernel would refuse, and that is not even sent.
      .with(P.instanceOf(CodecError), ({ message }) => [`Error: ${sentence(message)}`, 2])
      // The disk is full, say. ip would have lost its output without a word.
      .with({ syscall: 'write', errno: P.number }, ({ errno }) => [`Cannot write: ${errnoMessage(-errno)}`, 1])
      .with(P.union(P.instanceOf(SystemError), P.instanceOf(UnsupportedPlatformError)), ({ message }) => [
        `ipts: ${message}`,
        1,
      ])
      .otherwise((unforeseen) => {
        throw unforeseen
      })
  )
}

/** Runs what ends the whole program where the kernel refuses it, a batch that goes on after failures included. */
export function ending<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw error instanceof NetlinkError ? new CommandFailure(refusal(error), 2, { ends: true, cause: error }) : error
  }
}

/** The kernel's refusal as iproute2 words it: the kernel's own sentence, or else errno's. */
export function refusal({ text, errno }: NetlinkError): string {
  return text === undefined || text === '' ? `RTNETLINK answers: ${errnoMessage(errno)}` : `Error: ${sentence(text)}`
}

export function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE'
}

/** Whoever read the output has gone: ends as any other program would, by the signal that node ignores. */
function endByPipe(): number {
  signal(SIGPIPE, SIG_DFL)
  process.kill(process.pid, 'SIGPIPE')
  return 141
}
