/** The host's address on its uplink, and somebody far away. */
export const UPLINK = '172.17.0.2'
export const FAR = '8.8.8.8'

export const NOT_A_ROUTER =
  'The document has no command that makes the host a router, and without it nothing is passed on.'
