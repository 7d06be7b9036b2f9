import { DumpInterruptedError, NetlinkError } from '../../netlink/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { refusal } from '../report.ts'
import type { Session } from '../session.ts'

/** Refusals that iproute2 reports by the last line alone, unless the kernel gave a sentence. */
const UNSPOKEN: readonly string[] = ['ENOENT', 'EOPNOTSUPP']

/** Shows a table; a refusal of the kernel ends the command with `status`, after iproute2's last line. Throws CommandFailure. */
export function dumping(session: Session, status: number, show: () => void, lastLine = 'Dump terminated'): void {
  try {
    session.printer.records(show)
  } catch (error) {
    if (error instanceof DumpInterruptedError) {
      session.complain('Dump was interrupted and may be inconsistent.')
      return
    }
    complainOfTable(session, error)
    throw new CommandFailure(lastLine, status, { ends: status === 1 })
  }
}

/** Says why the kernel refused to list a table. Any other error is thrown on. */
export function complainOfTable({ complain }: Session, error: unknown): void {
  if (!(error instanceof NetlinkError)) throw error
  // Where the kernel does not even begin, iproute2 looks at errno alone.
  if (!error.begun) complain(refusal({ ...error, text: undefined }))
  else if (error.text !== undefined || !UNSPOKEN.includes(error.code)) complain(refusal(error))
}
