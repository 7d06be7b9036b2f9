import { encodeRequest, formatMessage, type Request, type Trace } from '../netlink/index.ts'
import { routeProtocol } from '../rtnl/index.ts'

/** Shows every message of a socket, attribute by attribute. */
export function tracer(write: (text: string) => void): Trace {
  return ({ direction, protocol, bytes }) => write(formatMessage(protocol, bytes, direction))
}

/** The same for a request that is not sent. Throws EncodeError. */
export function showRequest(request: Request<unknown>): string {
  return formatMessage(routeProtocol, encodeRequest(request), 'sent')
}
