import { readdirSync, statSync } from 'node:fs'
import type { Socket } from '../../netlink/index.ts'
import { pids } from '../../netns/index.ts'
import { type link, nsid } from '../../rtnl/index.ts'
import { unless } from '../missing.ts'
import type { Container } from './container.ts'

/**
 * The processes in a container's namespace. While they run the namespace is there, whether it still has its name or not: then the cable leads to
 * it.
 */
export async function processesBehind(
  route: Socket,
  { name }: Container,
  cable: link.Link | undefined,
  hasName: boolean,
): Promise<number[]> {
  if (hasName) return pids(name)
  if (cable?.linkNetnsid === undefined) return []
  for (const [pid, ...others] of processesByNamespace()) {
    const id = await unless(['ESRCH', 'EINVAL', 'ENOENT'], route.request(nsid.get({ pid })))
    if (id?.nsid === cable.linkNetnsid) return [pid, ...others]
  }
  return []
}

/** The processes of each network namespace that has any, in ascending order. */
function processesByNamespace(): Iterable<[number, ...number[]]> {
  const namespaces = new Map<number, [number, ...number[]]>()
  for (const pid of readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .sort((a, b) => a - b)) {
    const namespace = namespaceOf(pid)
    if (namespace === undefined) continue
    const members = namespaces.get(namespace)
    if (members === undefined) namespaces.set(namespace, [pid])
    else members.push(pid)
  }
  return namespaces.values()
}

function namespaceOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}/ns/net`).ino
  } catch {
    // It has ended.
    return undefined
  }
}
