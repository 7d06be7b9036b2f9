import { isIPv4 } from 'node:net'

/** A port of the host that leads to one of a container. */
export interface Publication {
  readonly port: number
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp'
  /** The one address of the host that it is a port of; any unless told. */
  readonly address?: string
}

const FORM = /^(?:(\d+(?:\.\d+){3}):)?(\d+):(\d+)(?:\/(tcp|udp))?$/

/**
 * Reads what Docker's `--publish` takes: `8080:80`, `192.0.2.1:8080:80`, `53:53/udp`. Not the loopback's addresses: no rule can pass on
 * what is sent to them without opening the loopback to others.
 * @throws RangeError
 */
export function parsePublication(text: string): Publication {
  const [whole, address, port, containerPort, protocol] = FORM.exec(text) ?? []
  const ports = [Number(port), Number(containerPort)] as const
  if (whole === undefined || ports.some((number) => number < 1 || number > 0xffff)) {
    throw new RangeError(`expected HOSTPORT:CONTAINERPORT, got ${JSON.stringify(text)}`)
  }
  if (address !== undefined && (!isIPv4(address) || address.startsWith('127.'))) {
    throw new RangeError(`no address whose ports can be published: ${address}`)
  }
  return {
    port: ports[0],
    containerPort: ports[1],
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    ...(address !== undefined && { address }),
  }
}

export function formatPublication({ port, containerPort, protocol, address }: Publication): string {
  return `${address === undefined ? '' : `${address}:`}${port}:${containerPort}${protocol === 'udp' ? '/udp' : ''}`
}
