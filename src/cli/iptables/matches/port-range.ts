import type { Listing } from '../extension.ts'

/** Two ends of a range of ports; all ports are 0 to 65535. */
export type PortRange = readonly number[]

export const ALL_PORTS: PortRange = [0, 0xffff]

const isAll = ([from, to]: PortRange) => from === 0 && to === 0xffff

/** `! --sport 80:90`, as it is saved. */
export function savedPorts(option: string, ports: PortRange, not: boolean): string {
  if (isAll(ports)) return ''
  const [from, to] = ports
  return `${not ? ' !' : ''} ${option} ${from === to ? from : `${from}:${to}`}`
}

/** `spt:80` and `dpts:!80:90`, as they are listed. */
export function listedPorts(
  word: string,
  ports: PortRange,
  not: boolean,
  protocol: string,
  { numeric, port }: Listing,
): string {
  if (isAll(ports) && !not) return ''
  const [from, to] = ports as [number, number]
  const named = (number: number) => (numeric ? String(number) : port(number, protocol))
  const range = from === to ? named(from) : `${named(from)}:${named(to)}`
  return ` ${word}${from === to ? '' : 's'}:${not ? '!' : ''}${range}`
}
