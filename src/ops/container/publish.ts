import { isIPv4 } from 'node:net'
import { InvalidValueError } from '../../libc/index.ts'

/** A port of the host that leads to one of a container. */
export interface Publication {
  readonly port: number
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp'
  /** The one address of the host that it is a port of; any unless told. */
  readonly address?: string
}

/** Addresses that a host calls itself by, and that no packet of another host may have. */
export const LOOPBACK = '127.0.0.0/8'

export function isLoopback(address: string | undefined): boolean {
  return address?.startsWith('127.') ?? false
}

const FORM = /^(?:(\d+(?:\.\d+){3}):)?(\d+):(\d+)(?:\/(tcp|udp))?$/

/**
 * Reads what Docker's `--publish` takes: `8080:80`, `192.0.2.1:8080:80`, `53:53/udp`. What is published at an address of the loopback, `127.0.0.1:8080:80`,
 * is for this host alone.
 * @throws InvalidValueError
 */
export function parsePublication(text: string): Publication {
  const [whole, address, port, containerPort, protocol] = FORM.exec(text) ?? []
  const ports = [Number(port), Number(containerPort)] as const
  if (whole === undefined || ports.some((number) => number < 1 || number > 0xffff)) {
    throw new InvalidValueError(`expected [ADDRESS:]PORT:PORT[/udp], got ${JSON.stringify(text)}`)
  }
  if (address !== undefined && !isIPv4(address))
    throw new InvalidValueError(`no IPv4 address: ${address}, in ${JSON.stringify(text)}`)
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

/** Whether one port of the host cannot be both. */
export function collide(one: Publication, other: Publication): boolean {
  const everywhere = one.address === undefined || other.address === undefined
  return one.port === other.port && one.protocol === other.protocol && (everywhere || one.address === other.address)
}
