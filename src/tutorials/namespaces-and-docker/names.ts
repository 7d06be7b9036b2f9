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
export const ENDS = [RED, BLUE]
export const BRIDGE = { link: 'v-net-0', ip: '192.168.15.5', address: '192.168.15.5/24' }
export const NETWORK = '192.168.15.0/24'
/** Another host on the network of this one, and one far away. */
export const OTHER = '172.17.0.3'
export const FAR = '8.8.8.8'
