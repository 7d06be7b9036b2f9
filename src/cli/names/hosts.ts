import { hostName } from '../../libc/index.ts'
import { parseIp } from '../../netlink/index.ts'
import { type Namespace, run } from '../../netns/index.ts'

/** What an address is called in output. */
export type HostText = (address: string) => string

/** Names in place of addresses that have one, each asked for once; with `-n`, in that namespace. */
export function hostNames(namespace: Namespace | undefined): HostText {
  const known = new Map<string, string>()
  return (address) => {
    const found = known.get(address) ?? resolve(address, namespace)
    known.set(address, found)
    return found
  }
}

function resolve(address: string, namespace: Namespace | undefined): string {
  const bytes = parseIp(address)
  if (bytes === undefined) return address
  const name = namespace === undefined ? hostName(bytes) : run(namespace, () => hostName(bytes))
  return name ?? address
}
