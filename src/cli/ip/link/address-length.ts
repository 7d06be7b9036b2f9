import { NetlinkError } from '../../../netlink/index.ts'
import { link } from '../../../rtnl/index.ts'
import { CommandFailure } from '../../grammar/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'

/** Refuses an address that is not as long as the device's own is, where that has one. Throws CommandFailure. */
export function expectAddressLength(session: Session, device: string, given: number): void {
  const index = session.devices.index(device)
  if (index === 0) return
  const address = (session.devices.known(index) ?? askFor(session, index))?.address
  const length = address?.split(':').length ?? given
  if (length !== given) throw new CommandFailure(`Invalid address length ${given} - must be ${length} bytes`, 1)
}

/** A device of an index that was written as `ifN`; a refusal is said, and no reason to stop. */
function askFor({ route, complain }: Session, index: number): link.Link | undefined {
  try {
    return route.ask(link.get(index))
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    complain(refusal(error))
    return undefined
  }
}
