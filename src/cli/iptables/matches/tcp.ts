import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { wholeNumber } from '../number.ts'
import { port } from '../values.ts'
import { ALL_PORTS, listedPorts, savedPorts } from './port-range.ts'

type Flag = keyof typeof xtables.TCP_FLAGS
const FLAGS = Object.keys(xtables.TCP_FLAGS) as Flag[]

function ports(text: string): number[] {
  const colon = text.indexOf(':')
  if (colon < 0) return Array(2).fill(port(text, 'tcp'))
  const [from, to] = [text.slice(0, colon), text.slice(colon + 1)]
  const range = [from === '' ? 0 : port(from, 'tcp'), to === '' ? 0xffff : port(to, 'tcp')]
  if (range[0]! > range[1]!) throw new IptablesError('invalid portrange (min > max)')
  return range
}

function flags(text: string): Flag[] {
  return text
    .split(',')
    .filter((word) => word !== '')
    .flatMap((word) => {
      const name = word.toUpperCase()
      if (name === 'ALL') return FLAGS
      if (name === 'NONE') return []
      const flag = FLAGS.find((each) => each === name)
      if (flag === undefined) throw new IptablesError(`Unknown TCP flag \`${word}'`)
      return flag
    })
}

const once = (before: ReadonlySet<string>, option: string, words: string) => {
  if (before.has(option)) throw new IptablesError(`Only one ${words} allowed`)
}

const FLAGS_TWICE = "of `--syn' or `--tcp-flags' "
const named = (set: readonly unknown[]) => set.join(',') || 'NONE'
const inHex = (set: readonly unknown[]) => {
  const value = set.reduce<number>((sum, flag) => sum | (xtables.TCP_FLAGS[flag as Flag] ?? flag), 0)
  return `0x${value.toString(16).toUpperCase().padStart(2, '0')}`
}

export const tcp = extension({
  name: 'tcp',
  revision: 0,
  codec: xtables.matches.tcp[0],
  initially: { sourcePorts: [...ALL_PORTS], destinationPorts: [...ALL_PORTS] },
  options: [
    {
      names: ['source-port', 'sport'],
      lenient: true,
      read({ info, value, not, before }) {
        once(before, 'source-port', "`--source-port'")
        info.sourcePorts = ports(value)
        if (not) info.inverted = [...info.inverted, 'source-port']
      },
    },
    {
      names: ['destination-port', 'dport'],
      lenient: true,
      read({ info, value, not, before }) {
        once(before, 'destination-port', "`--destination-port'")
        info.destinationPorts = ports(value)
        if (not) info.inverted = [...info.inverted, 'destination-port']
      },
    },
    {
      names: ['syn'],
      value: false,
      lenient: true,
      read({ info, not, before }) {
        once(before, 'syn', FLAGS_TWICE)
        once(before, 'tcp-flags', FLAGS_TWICE)
        info.flagsMask = ['FIN', 'SYN', 'RST', 'ACK']
        info.flags = ['SYN']
        if (not) info.inverted = [...info.inverted, 'flags']
      },
    },
    {
      names: ['tcp-flags'],
      lenient: true,
      read({ info, value, not, before, second }) {
        once(before, 'syn', FLAGS_TWICE)
        once(before, 'tcp-flags', FLAGS_TWICE)
        const compared = second()
        if (compared === undefined) throw new IptablesError('--tcp-flags requires two args.')
        info.flagsMask = flags(value)
        info.flags = flags(compared)
        if (not) info.inverted = [...info.inverted, 'flags']
      },
    },
    {
      names: ['tcp-option'],
      lenient: true,
      read({ info, value, not, before }) {
        once(before, 'tcp-option', "`--tcp-option'")
        const option = wholeNumber(value, 1, 255)
        if (option === undefined) throw new IptablesError(`Bad TCP option "${value}"`)
        info.option = option
        if (not) info.inverted = [...info.inverted, 'option']
      },
    },
  ],
  save({ sourcePorts, destinationPorts, option, flagsMask, flags, inverted }) {
    const not = (fact: (typeof inverted)[number]) => inverted.includes(fact)
    const sources = savedPorts('--sport', sourcePorts, not('source-port'))
    const destinations = savedPorts('--dport', destinationPorts, not('destination-port'))
    const hasOption = option !== 0 || not('option')
    const hasFlags = flagsMask.length > 0 || not('flags')
    return [
      sources,
      destinations,
      hasOption ? `${not('option') ? ' !' : ''} --tcp-option ${option}` : '',
      hasFlags ? `${not('flags') ? ' !' : ''} --tcp-flags ${named(flagsMask)} ${named(flags)}` : '',
    ].join('')
  },
  list({ sourcePorts, destinationPorts, option, flagsMask, flags, inverted }, listing) {
    const not = (fact: (typeof inverted)[number]) => inverted.includes(fact)
    const show = listing.numeric ? inHex : named
    const hasOption = option !== 0 || not('option')
    const hasFlags = flagsMask.length > 0 || not('flags')
    return [
      ' tcp',
      listedPorts('spt', sourcePorts, not('source-port'), 'tcp', listing),
      listedPorts('dpt', destinationPorts, not('destination-port'), 'tcp', listing),
      hasOption ? ` option=${not('option') ? '!' : ''}${option}` : '',
      hasFlags ? ` flags:${not('flags') ? '!' : ''}${show(flagsMask)}/${show(flags)}` : '',
    ].join('')
  },
  help: `tcp match options:
[!] --tcp-flags mask comp	match when TCP flags & mask == comp
				(Flags: SYN ACK FIN RST URG PSH ALL NONE)
[!] --syn			match when only SYN flag set
				(equivalent to --tcp-flags SYN,RST,ACK,FIN SYN)
[!] --source-port port[:port]
 --sport ...
				match source port(s)
[!] --destination-port port[:port]
 --dport ...
				match destination port(s)
[!] --tcp-option number        match if TCP option set
`,
})
