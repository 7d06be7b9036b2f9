import { columns, FAMILIES, HARDWARE } from '../nettools/index.ts'

/** As net-tools prints it, in pieces: the lists go to stderr, whatever becomes of the rest. */
export const USAGE: readonly { readonly text: string; readonly list: string }[] = [
  {
    text: `Usage:
  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]
  [add <address>[/<prefixlen>]]
  [del <address>[/<prefixlen>]]
  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]
  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]
  [outfill <NN>] [keepalive <NN>]
  [hw <HW> <address>]  [mtu <NN>]
  [[-]trailers]  [[-]arp]  [[-]allmulti]
  [multicast]  [[-]promisc]
  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]
  [txqueuelen <NN>]
  [name <newname>]
  [[-]dynamic]
  [up|down] ...

  <HW>=Hardware Type.
  List of possible hardware types:
`,
    list: columns(HARDWARE),
  },
  {
    text: `  <AF>=Address family. Default: inet
  List of possible address families:
`,
    list: columns(FAMILIES),
  },
]
