import { writeSync } from 'node:fs'
import process from 'node:process'
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
  if (error instanceof CommandFailure) return [error.message, error.status]
  if (error instanceof NetlinkError) return [refusal(error), 2]
  if (error instanceof SystemError && error.syscall === 'socket') {
    return [`Cannot open netlink socket: ${errnoMessage(error.errno)}`, 1]
  }
  // A value that the kernel would refuse, and that is not even sent.
  if (error instanceof CodecError) return [`Error: ${sentence(error.message)}`, 2]
  if (error instanceof SystemError || error instanceof UnsupportedPlatformError) return [`ipts: ${error.message}`, 1]
  throw error
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
