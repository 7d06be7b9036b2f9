/** The namespaces, their cables and their addresses, as the document has them. */
export const RED = {
  netns: 'red',
  link: 'veth-red',
  port: 'veth-red-br',
  ip: '192.168.15.1',
  address: '192.168.15.1/24',
}
export const BLUE = {
  netns: 'blue',
  link: 'veth-blue',
  port: 'veth-blue-br',
  ip: '192.168.15.2',
  address: '192.168.15.2/24',
}
export const BRIDGE = 'v-net-0'
/** The host, as its cable to red and its uplink have it. */
export const HOST = {
  link: 'veth-host',
  peer: 'veth-ns',
  ip: '192.168.15.10',
  address: '192.168.15.10/24',
  uplink: '172.17.0.2',
}
export const NETWORK = '192.168.15.0/24'
export const FAR = '8.8.8.8'
