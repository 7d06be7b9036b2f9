import { readFileSync } from 'node:fs'

interface Service {
  readonly names: readonly string[]
  readonly port: number
  readonly protocol: string
}

let table: readonly Service[] | undefined

/** services(5): a name, a port and its protocol, other names. */
function services(): readonly Service[] {
  table ??= readFile()
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .flatMap(([name, at = '', ...aliases]) => {
      const [port, protocol] = at.split('/')
      return protocol === undefined ? [] : { names: [name!, ...aliases], port: Number(port), protocol }
    })
  return table
}

function readFile(): string {
  try {
    return readFileSync('/etc/services', 'latin1')
  } catch {
    return ''
  }
}

/** The port that /etc/services has for a name or alias, with this protocol or with any; undefined where it has none. */
export function servicePort(name: string, protocol?: string): number | undefined {
  return services().find((each) => matches(each, protocol) && each.names.includes(name))?.port
}

/** The name that /etc/services has for a port, with this protocol; undefined where it has none. */
export function serviceName(port: number, protocol: string): string | undefined {
  return services().find((each) => matches(each, protocol) && each.port === port)?.names[0]
}

function matches(service: Service, protocol: string | undefined): boolean {
  return protocol === undefined || service.protocol === protocol
}
