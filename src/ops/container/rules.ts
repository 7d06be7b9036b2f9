import { allowForward, publishPort } from '../firewall/index.ts'
import type { Op } from '../op.ts'
import { type Container, ownerOfPort, recordOf } from './container.ts'
import { isLoopback, type Publication } from './publish.ts'

/** The rules of one container: it may send by its own address, and its ports are reached. */
export function rulesOf(container: Container): Op[] {
  const { bridge, address, publish } = container
  return [
    allowForward({ in: bridge, source: address, first: true, owner: recordOf(container) }),
    ...publish.flatMap((publication) => opening(container, publication)),
  ]
}

/** From this host; and, where it is not of the loopback, from outside and through the firewall. */
function opening(container: Container, publication: Publication): Op[] {
  const { port, containerPort, protocol, address: only } = publication
  const { address, bridge } = container
  const owner = ownerOfPort(container, publication)
  const host = {
    port,
    protocol,
    to: `${address}:${containerPort}`,
    owner,
    ...(only !== undefined && { address: only }),
  }
  const own = publishPort({ ...host, local: true, loopback: true })
  // With a rule for what comes from outside, whoever is on a wire of this host could send to the loopback's address.
  if (isLoopback(only)) return [own]
  return [
    publishPort({ ...host, toSelf: true }),
    own,
    allowForward({ out: bridge, protocol, destination: address, port: containerPort, first: true, owner }),
  ]
}
