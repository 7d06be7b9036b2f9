import type { Socket } from '../netlink/index.ts'
import { nsid } from '../rtnl/index.ts'
import { Namespace, open } from './namespace.ts'

/** The id by which the socket's namespace calls another (`link.linkNetnsid` and the like), or undefined where it has none. Throws NetlinkError. */
export async function id(socket: Socket, namespace: Namespace | string): Promise<number | undefined> {
  using other = held(namespace)
  const { nsid: found = nsid.NOT_ASSIGNED } = await socket.request(nsid.get({ fd: other.fd }))
  return found === nsid.NOT_ASSIGNED ? undefined : found
}

/**
 * Gives a namespace an id in the socket's, any free one unless `wanted` says which, and resolves to it. An id cannot be taken
 * back: it goes with either namespace.
 * @throws NetlinkError 'EEXIST' where it has an id already, or another has the wanted one
 */
export async function setId(socket: Socket, namespace: Namespace | string, wanted?: number): Promise<number> {
  using other = held(namespace)
  await socket.request(nsid.add({ fd: other.fd, nsid: wanted ?? nsid.NOT_ASSIGNED }))
  return wanted ?? (await id(socket, namespace))!
}

/** Every id that the socket's namespace has given, smallest first. Throws NetlinkError. */
export async function ids(socket: Socket): Promise<number[]> {
  const given = await socket.request(nsid.list())
  return given.flatMap(({ nsid: one }) => (one === undefined || one < 0 ? [] : [one])).sort((a, b) => a - b)
}

/** A name is opened for the time of the question. */
function held(namespace: Namespace | string): { readonly fd: number } & Disposable {
  if (!(namespace instanceof Namespace)) return open(namespace)
  return { fd: namespace.fd, [Symbol.dispose]: () => {} }
}
