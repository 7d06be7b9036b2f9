import { NetlinkError } from '../../../netlink/index.ts'
import { addressLabel } from '../../../rtnl/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printAddressLabel } from './print.ts'

const dump = ({ options: { family } }: Session) => addressLabel.list({ family: family === 'unspec' ? 'inet6' : family })

/** `ip addrlabel list`. */
export const list: Run<Session> = (session, words) => {
  if (!words.done) throw new CommandFailure('"ip addrlabel show" does not take any arguments.', 1)
  const { printer, route } = session
  dumping(session, 255, () => {
    for (const item of route.each(dump(session))) printer.object(undefined, () => printAddressLabel(item, session))
  })
  return 0
}

/** `ip addrlabel flush`. */
export const flush: Run<Session> = (session, words) => {
  if (!words.done) throw new CommandFailure('"ip addrlabel flush" does not allow extra arguments', 1)
  const { route } = session
  try {
    for (const item of route.ask(dump(session))) {
      if (item.address !== undefined) route.change(addressLabel.delete(item))
    }
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    throw new CommandFailure(`${refusal(error)}\nFlush terminated`, 1)
  }
  return 0
}
