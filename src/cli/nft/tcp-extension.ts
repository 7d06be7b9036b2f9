import { xtables } from '../../netfilter/index.ts'

export type TcpInfo = ReturnType<(typeof xtables.matches.tcp)[0]['at']>

/** iptables' tcp match as what nft would have in its place; empty where it says nothing. */
export function tcpText({ sourcePorts, destinationPorts, option, flags, flagsMask, inverted }: TcpInfo): string {
  const not = (fact: TcpInfo['inverted'][number]) => (inverted.includes(fact) ? '!= ' : '')
  const ports = (name: string, [from, to]: readonly number[], prefix: string) =>
    from === 0 && to === 0xffff && prefix === '' ? [] : [`tcp ${name} ${prefix}${from === to ? from : `${from}-${to}`}`]
  return [
    ...ports('sport', sourcePorts, not('source-port')),
    ...ports('dport', destinationPorts, not('destination-port')),
    ...(option === 0 ? [] : [`tcp option ${option} ${inverted.includes('option') ? 'missing' : 'exists'}`]),
    ...(flagsMask.length === 0 && not('flags') === ''
      ? []
      : [`tcp flags ${not('flags')}${flagNames(flags)} / ${flagNames(flagsMask)}`]),
  ].join(' ')
}

function flagNames(flags: TcpInfo['flags']): string {
  const names = Object.keys(xtables.TCP_FLAGS).filter((name) => flags.some((flag) => flag === name))
  return names.length === 0 ? '0x0' : names.join(',').toLowerCase()
}
