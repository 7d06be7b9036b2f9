import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { leadingNumber } from '../number.ts'
import { helpOfTypes, ICMP_TYPES } from './icmp-types.ts'

interface IcmpType {
  readonly type: number
  readonly minCode: number
  readonly maxCode: number
}

function icmpType(text: string): IcmpType {
  const named = ICMP_TYPES.filter(({ name }) => name.toLowerCase().startsWith(text.toLowerCase()))
  const [first, second] = named
  if (second !== undefined) {
    throw new IptablesError(`Ambiguous ICMP type \`${text}': \`${first!.name}' or \`${second.name}'?`)
  }
  return first ?? numbered(text)
}

function numbered(text: string): IcmpType {
  const type = codeRange(text)
  if (type === undefined) throw new IptablesError(`Unknown ICMP type \`${text}'`)
  const code = type.rest.startsWith('/') ? codeRange(type.rest.slice(1)) : undefined
  if (type.rest.startsWith('/') && code === undefined) throw new IptablesError(`Unknown ICMP code \`${text}'`)
  const rest = code?.rest ?? type.rest
  if (rest !== '') throw new IptablesError(`unknown character ${rest[0]}`)
  if (type.from !== type.to) throw new IptablesError('ICMP type range not supported')
  return { type: type.from, minCode: code?.from ?? 0, maxCode: code?.to ?? 255 }
}

function codeRange(text: string): { from: number; to: number; rest: string } | undefined {
  const from = leadingNumber(text, 0, 255)
  if (from === undefined) return undefined
  if (!from.rest.startsWith(':')) return { from: from.value, to: from.value, rest: from.rest }
  const to = leadingNumber(from.rest.slice(1), 0, 255)
  return to === undefined ? undefined : { from: from.value, to: to.value, rest: to.rest }
}

export const icmp = extension({
  name: 'icmp',
  revision: 0,
  codec: xtables.matches.icmp[0],
  initially: { type: 255, maxCode: 255 },
  options: [
    {
      names: ['icmp-type'],
      not: true,
      required: true,
      read({ info, value, not }) {
        const { type, minCode, maxCode } = icmpType(value)
        Object.assign(info, { type, minCode, maxCode })
        if (not) info.inverted = 1
      },
    },
  ],
  save({ type, minCode, maxCode, inverted }) {
    const code = minCode !== 0 || maxCode !== 255 ? `/${minCode}` : ''
    return `${inverted & 1 ? ' !' : ''} --icmp-type ${type === 255 ? 'any' : `${type}${code}`}`
  },
  list({ type, minCode, maxCode, inverted }, { numeric }) {
    const known = numeric
      ? undefined
      : ICMP_TYPES.find((each) => each.type === type && each.minCode === minCode && each.maxCode === maxCode)
    if (known !== undefined) return ` icmp ${inverted & 1 ? '!' : ''}${known.name}`
    const isAny = minCode === 0 && maxCode === 255
    const codes = minCode === maxCode ? ` code ${minCode}` : isAny ? '' : ` codes ${minCode}-${maxCode}`
    return ` icmp${inverted & 1 ? ' !' : ''}type ${type}${codes}`
  },
  help: `icmp match options:
[!] --icmp-type typename	match icmp type
[!] --icmp-type type[/code]	(or numeric type or type/code)
Valid ICMP Types:${helpOfTypes()}
`,
})
