import type { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'

/** Flags by the words of ip-link(8), in the order in which it shows them. */
const WORDS: readonly (readonly [link.LinkFlag, string])[] = [
  ['loopback', 'LOOPBACK'],
  ['broadcast', 'BROADCAST'],
  ['point-to-point', 'POINTOPOINT'],
  ['multicast', 'MULTICAST'],
  ['no-arp', 'NOARP'],
  ['all-multi', 'ALLMULTI'],
  ['promisc', 'PROMISC'],
  ['master', 'MASTER'],
  ['slave', 'SLAVE'],
  ['debug', 'DEBUG'],
  ['dynamic', 'DYNAMIC'],
  ['auto-media', 'AUTOMEDIA'],
  ['portsel', 'PORTSEL'],
  ['no-trailers', 'NOTRAILERS'],
  ['up', 'UP'],
  ['lower-up', 'LOWER_UP'],
  ['dormant', 'DORMANT'],
  ['echo', 'ECHO'],
]

/** `<BROADCAST,MULTICAST,UP> `. `belowDown` says that the link below is known and down. */
export function printFlags({ flags }: link.Link, printer: Printer, belowDown: boolean): void {
  const words = WORDS.filter(([flag]) => flags.includes(flag)).map(([, word]) => word)
  const rest = flags.filter((flag) => typeof flag === 'number').map((flag) => flag.toString(16))
  const noCarrier = flags.includes('up') && !flags.includes('running')
  const shown = [...(noCarrier ? ['NO-CARRIER'] : []), ...words, ...rest, ...(belowDown ? ['M-DOWN'] : [])]
  // A link without any flag still gets the comma before M-DOWN.
  const lead = belowDown && shown.length === 1 ? ',' : ''
  printer.array(
    'flags',
    () => {
      for (const [i, word] of shown.entries()) printer.item(word, `${i === 0 ? lead : ','}%`)
    },
    '<',
    '> ',
  )
}
