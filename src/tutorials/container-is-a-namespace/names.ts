/** The namespaces, their cables and their addresses, as the document has them. */
export const PB = {
  netns: 'pb',
  link: 'veth-pb',
  bread: 'bread-pb-veth',
  ip: '192.168.0.56',
  address: '192.168.0.56/24',
}
export const JELLY = {
  netns: 'jelly',
  link: 'veth-jelly',
  bread: 'bread-j-veth',
  ip: '192.168.0.55',
  address: '192.168.0.55/24',
}
export const BRIDGE = { link: 'brd1', address: '192.168.0.60/24', broadcast: '192.168.0.255' }

export const isVeth = {
  what: 'one end of a veth pair',
  when: ({ linkinfo }: { linkinfo?: { kind?: unknown } }) => linkinfo?.kind === 'veth',
}
