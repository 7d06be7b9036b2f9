import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'

type Answer = Exclude<keyof typeof xtables.REJECT_ANSWERS, 'icmp-echo-reply'>

/** What REJECT may answer with: another name of it, and what the help says. */
const ANSWERS: readonly (readonly [name: Answer, alias: string, meaning: string])[] = [
  ['icmp-net-unreachable', 'net-unreach', 'ICMP network unreachable'],
  ['icmp-host-unreachable', 'host-unreach', 'ICMP host unreachable'],
  ['icmp-proto-unreachable', 'proto-unreach', 'ICMP protocol unreachable'],
  ['icmp-port-unreachable', 'port-unreach', 'ICMP port unreachable (default)'],
  ['icmp-net-prohibited', 'net-prohib', 'ICMP network prohibited'],
  ['icmp-host-prohibited', 'host-prohib', 'ICMP host prohibited'],
  ['tcp-reset', 'tcp-rst', 'TCP RST packet'],
  ['icmp-admin-prohibited', 'admin-prohib', 'ICMP administratively prohibited (*)'],
]

export const reject = extension({
  name: 'REJECT',
  revision: 0,
  codec: xtables.targets.REJECT[0],
  initially: { with: 'icmp-port-unreachable' },
  options: [
    {
      names: ['reject-with'],
      read({ info, value }) {
        const word = value.toLowerCase()
        const answer = ANSWERS.find(([name, alias]) => name.startsWith(word) || alias.startsWith(word))
        if (answer === undefined) throw new IptablesError(`unknown reject type "${value}"`)
        info.with = answer[0]
      },
    },
  ],
  save: ({ with: answer }) => ` --reject-with ${answer}`,
  list: ({ with: answer }) => ` reject-with ${answer}`,
  help: `REJECT target options:
--reject-with type              drop input packet and send back
                                a reply packet according to type:
Valid reject types:
${ANSWERS.map(([name, alias, meaning]) => `    ${name.padEnd(25)}\t${meaning}\n    ${alias.padEnd(25)}\talias\n`).join('')}
(*) See man page or read the INCOMPATIBILITES file for compatibility issues.
`,
})
