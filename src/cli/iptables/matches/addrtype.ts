import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { wordList } from '../values.ts'

const TYPES = xtables.ADDRESS_TYPES
const types = (text: string) =>
  wordList(text, TYPES, (rest, last) =>
    last ? new IptablesError(`addrtype: bad type "${rest}"`) : new IptablesError(`addrtype: bad type \`${rest}'`),
  ) as (typeof TYPES)[number][]

export const addrtype = extension({
  name: 'addrtype',
  revision: 1,
  codec: xtables.matches.addrtype[1],
  options: [
    {
      names: ['src-type'],
      not: true,
      read({ info, value, not }) {
        info.source = types(value)
        if (not) info.flags = [...info.flags, 'invert-source']
      },
    },
    {
      names: ['dst-type'],
      not: true,
      read({ info, value, not }) {
        info.destination = types(value)
        if (not) info.flags = [...info.flags, 'invert-destination']
      },
    },
    {
      names: ['limit-iface-in'],
      value: false,
      excludes: ['limit-iface-out'],
      read({ info }) {
        info.flags = [...info.flags, 'limit-in']
      },
    },
    {
      names: ['limit-iface-out'],
      value: false,
      excludes: ['limit-iface-in'],
      read({ info }) {
        info.flags = [...info.flags, 'limit-out']
      },
    },
  ],
  check(_info, given) {
    if (given.has('src-type') || given.has('dst-type')) return
    throw new IptablesError('addrtype: you must specify --src-type or --dst-type')
  },
  save({ source, destination, flags }) {
    const part = (option: string, set: readonly unknown[], not: boolean) =>
      set.length === 0 ? '' : `${not ? ' !' : ''} --${option} ${set.join(',')}`
    return [
      part('src-type', source, flags.includes('invert-source')),
      part('dst-type', destination, flags.includes('invert-destination')),
      flags.includes('limit-in') ? ' --limit-iface-in' : '',
      flags.includes('limit-out') ? ' --limit-iface-out' : '',
    ].join('')
  },
  list({ source, destination, flags }) {
    const part = (word: string, set: readonly unknown[], not: boolean) =>
      set.length === 0 ? '' : ` ${word} ${not ? '!' : ''}${set.join(',')}`
    return [
      ' ADDRTYPE match',
      part('src-type', source, flags.includes('invert-source')),
      part('dst-type', destination, flags.includes('invert-destination')),
      flags.includes('limit-in') ? ' limit-in' : '',
      flags.includes('limit-out') ? ' limit-out' : '',
    ].join('')
  },
  help: `Address type match options:
 [!] --src-type type[,...]      Match source address type
 [!] --dst-type type[,...]      Match destination address type
     --limit-iface-in           Match only on the packet's incoming device
     --limit-iface-out          Match only on the packet's outgoing device

Valid types:           
${TYPES.map((type) => `                                ${type}\n`).join('')}`,
})
