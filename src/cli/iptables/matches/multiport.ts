import { xtables } from '../../../netfilter/index.ts'
import { type About, extension, type Given } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { port } from '../values.ts'

const PROTOCOLS: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 136: 'udplite', 132: 'sctp', 33: 'dccp' }
const WORDS = ['sports', 'dports', 'ports'] as const
const OPTIONS = ['source-ports', 'destination-ports', 'ports'] as const
const MOST = 15

function protocolOf({ protocol, notProtocol }: About): string {
  const name = PROTOCOLS[protocol]
  if (name !== undefined && !notProtocol) return name
  throw new IptablesError(
    protocol === 0 && !notProtocol
      ? "multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'"
      : 'multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP',
  )
}

type Info = ReturnType<(typeof xtables.matches.multiport)[1]['at']>

function read(which: number) {
  return ({ info, value, not, rule }: Given<Info>) => {
    const protocol = protocolOf(rule)
    const ports: number[] = []
    const ranges: number[] = []
    for (const part of value.split(',')) {
      const [from, to] = part.includes(':')
        ? [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]
        : [part]
      if (ports.length + (to === undefined ? 1 : 2) > MOST) throw new IptablesError('too many ports specified')
      ranges.push(to === undefined ? 0 : 1)
      ports.push(port(from!, protocol))
      if (to === undefined) continue
      ranges.push(0)
      ports.push(port(to, protocol))
      if (ports.at(-2)! >= ports.at(-1)!) throw new IptablesError('invalid portrange specified')
    }
    const filled = (list: number[]) => [...list, ...Array(MOST - list.length).fill(0)]
    Object.assign(info, { which, count: ports.length, ports: filled(ports), ranges: filled(ranges) })
    if (not) info.invert = 1
  }
}

function listed({ count, ports, ranges }: Info, show: (port: number) => string): string {
  let text = ''
  for (let i = 0; i < Math.min(count, MOST); i++) {
    text += `${i === 0 ? '' : ','}${show(ports[i]!)}`
    if (ranges[i]) text += `:${show(ports[++i]!)}`
  }
  return text
}

export const multiport = extension({
  name: 'multiport',
  revision: 1,
  codec: xtables.matches.multiport[1],
  options: OPTIONS.map((name, which) => ({
    names: which === 2 ? [name] : [name, WORDS[which]!],
    not: true,
    excludes: OPTIONS.filter((other) => other !== name),
    read: read(which),
  })),
  check(_info, given) {
    if (given.size === 0) throw new IptablesError('multiport expection an option')
  },
  save: (info) => `${info.invert ? ' !' : ''} --${WORDS[info.which] ?? ''} ${listed(info, String)}`,
  list(info, { numeric, port: named, protocol }) {
    const show = (number: number) => (numeric ? String(number) : named(number, PROTOCOLS[protocol] ?? ''))
    return ` multiport ${WORDS[info.which] ?? 'ERROR'} ${info.invert ? ' !' : ''}${listed(info, show)}`
  },
  help: `multiport match options:
[!] --source-ports port[,port:port,port...]
 --sports ...
				match source port(s)
[!] --destination-ports port[,port:port,port...]
 --dports ...
				match destination port(s)
[!] --ports port[,port:port,port]
				match both source and destination port(s)
`,
})
