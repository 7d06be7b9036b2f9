import { AF_INET, AF_INET6, close, linkIoctl, SOCK_CLOEXEC, SOCK_DGRAM, socket } from '../../libc/index.ts'
import { type Codec, Writer } from '../../netlink/index.ts'
import { ipv4Parameters, ipv6Parameters, ROUTERS, rapidDeployment, router, routers } from './parameters.ts'

// linux/if_tunnel.h: SIOCDEVPRIVATE and up.
const SIOCGETTUNNEL = 0x89f0
const SIOCADDTUNNEL = 0x89f1
const SIOCDELTUNNEL = 0x89f2
const SIOCCHGTUNNEL = 0x89f3
const SIOCGETPRL = 0x89f4
const SIOCADDPRL = 0x89f5
const SIOCDELPRL = 0x89f6
const SIOCGET6RD = 0x89f8
const SIOCADD6RD = 0x89f9
const SIOCDEL6RD = 0x89fa

function call<T>(fd: number, request: number, link: string, codec: Codec<T, never>, value: unknown): T {
  const writer = new Writer()
  codec.write(writer, value as never, {})
  const bytes = writer.bytes.slice(0, writer.position)
  linkIoctl(fd, request, link, bytes)
  return codec.read(bytes, 0, bytes.length, -1, {})
}

function withSocket<T>(family: number, action: (fd: number) => T): T {
  const fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0)
  try {
    return action(fd)
  } finally {
    close(fd)
  }
}

/** The calls of one family. All act in the namespace that the thread is in, and throw SystemError. */
function tunnels<Out, In>(family: number, codec: Codec<Out, In>) {
  const through = (request: number, link: string, parameters: unknown) =>
    withSocket(family, (fd) => call(fd, request, link, codec as Codec<Out, never>, parameters))
  return {
    /** What a tunnel is. 'EOPNOTSUPP' for another link, 'ENODEV' where there is none. */
    get: (link: string): Out => through(SIOCGETTUNNEL, link, {}),
    /** Makes a tunnel of the kind of `fallback`, the link that the kernel makes for each kind: `gre0`, `tunl0`, `sit0`, … */
    add: (fallback: string, parameters: In): Out => through(SIOCADDTUNNEL, fallback, parameters),
    /** Changes a tunnel. */
    change: (link: string, parameters: In): Out => through(SIOCCHGTUNNEL, link, parameters),
    /** Deletes a tunnel; by `fallback`, the one that has these ends. 'EPERM' for a fallback itself. */
    delete: (link: string, parameters: In): Out => through(SIOCDELTUNNEL, link, parameters),
  }
}

/** Tunnels over IPv4: ipip, gre, sit, vti. */
export const inet = tunnels(AF_INET, ipv4Parameters)

/** Tunnels over IPv6: ip6tnl, ip6gre, vti6. */
export const inet6 = tunnels(AF_INET6, ipv6Parameters)

const about = <Out, In>(request: number, codec: Codec<Out, In>) => {
  return (link: string, value: In): Out =>
    withSocket(AF_INET, (fd) => call(fd, request, link, codec as Codec<Out, never>, value))
}

const listRouters = about(SIOCGETPRL, routers)

/** Potential routers of an ISATAP link. Throw SystemError. */
export const potentialRouters = {
  list(link: string): { readonly address: string; readonly flags: number }[] {
    const empty = { address: '0.0.0.0', flags: 0, size: 0 }
    const asked = Array.from({ length: ROUTERS }, () => empty)
    asked[0] = { ...empty, size: (ROUTERS - 1) * router.size }
    return listRouters(link, asked)
      .slice(1)
      .filter(({ address }) => address !== '0.0.0.0')
  },
  add: about(SIOCADDPRL, router),
  delete: about(SIOCDELPRL, router),
}

/** IPv6 rapid deployment on a sit link. Throw SystemError; 'EINVAL' where the kernel was built without. */
export const deployment = {
  get: about(SIOCGET6RD, rapidDeployment),
  set: about(SIOCADD6RD, rapidDeployment),
  reset: about(SIOCDEL6RD, rapidDeployment),
}
