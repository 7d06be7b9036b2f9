import type { Printer } from '../../print/index.ts'
import type { TunnelParameters } from './draft.ts'

const GRE = 47

/** What carries what: the word before the slash of a mode. */
const PROTOCOLS: Readonly<Record<number, string>> = { 0: 'any', 4: 'ip', 41: 'ipv6', 47: 'gre', 50: 'esp', 137: 'mpls' }

export const protocolWord = (protocol: number) => PROTOCOLS[protocol] ?? 'unknown'

/** Keys, and what GRE asks of packets. */
export function printGreFlags({ protocol, iflags, oflags, ikey, okey }: TunnelParameters, printer: Printer): void {
  const [inward, outward] = [iflags.includes('key'), oflags.includes('key')]
  if (inward && outward && ikey === okey) printer.field('key', ikey, ' key %')
  else {
    if (inward) printer.field('ikey', ikey, ' ikey %')
    if (outward) printer.field('okey', okey, ' okey %')
  }
  if (protocol !== GRE) return
  const line = (on: boolean, word: string, sentence: string) => {
    if (!on) return
    printer.newLine()
    printer.item(word, `  ${sentence}`)
  }
  printer.array('flags', () => {
    line(iflags.includes('seq'), 'rx_drop_ooseq', 'Drop packets out of sequence.')
    line(iflags.includes('csum'), 'rx_csum', 'Checksum in received packet is required.')
    line(oflags.includes('seq'), 'tx_seq', 'Sequence packets on output.')
    line(oflags.includes('csum'), 'tx_csum', 'Checksum output packets.')
  })
}
