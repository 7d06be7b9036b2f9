import { genericProtocol, getFamily, openNetlink, tcpMetrics } from '../../../netlink/index.ts'
import { type Requester, rehearsal, sender } from '../../requester.ts'
import type { Session } from '../../session.ts'
import { showRequest, tracer } from '../../trace.ts'

/** A way to the kernel's memory of TCP connections, and the number that it goes by. */
export interface TcpMetricsRequester extends Requester {
  readonly family: number
}

export function openTcpMetrics(session: Session): TcpMetricsRequester {
  const { complain, namespace, options, out } = session
  const socket = openNetlink(genericProtocol, {
    netns: namespace,
    receiveBuffer: options.receiveBuffer,
    trace: options.trace ? tracer(complain) : undefined,
  })
  session.hold({ [Symbol.dispose]: () => socket.close() })
  const open = () => socket
  const requester = options.dryRun ? rehearsal(open, (request) => out.write(`${showRequest(request)}\n`)) : sender(open)
  return { ...requester, family: requester.ask(getFamily(tcpMetrics.FAMILY)).familyId ?? 0 }
}
