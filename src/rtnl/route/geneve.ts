import { attributes, bytes, type Infer, u8, u16be } from '../../netlink/index.ts'

/** LWTUNNEL_IP_OPT_GENEVE_*: an option of a Geneve header (RFC 8926). */
export const geneveOption = attributes({ class: [1, u16be], type: [2, u8], data: [3, bytes] })
export type GeneveOption = Infer<typeof geneveOption>

/**
 * Each option by itself. The kernel takes one in each attribute, and says all of them in one, one after another
 * (net/ipv4/ip_tunnel_core.c, ip_tun_fill_encap_opts_geneve): that is read as the first option, with the others unknown.
 */
export function geneveOptions(options: readonly GeneveOption[]): Pick<GeneveOption, 'class' | 'type' | 'data'>[] {
  return options.flatMap(({ unknown = [], ...first }) => {
    const found: { class?: number; type?: number; data?: Uint8Array }[] = [first]
    for (const { type, bytes } of unknown) {
      const { name, codec } = geneveOption.form.table.byType[type] ?? {}
      if (name === undefined || codec === undefined) continue
      // The class comes first.
      if (name === 'class') found.push({})
      Object.assign(found.at(-1)!, { [name]: codec.read(bytes, 0, bytes.length, -1, {}) })
    }
    return found
  })
}
