import { netconf } from '../../../rtnl/index.ts'
import { familyWord } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

const RP_FILTERS = ['off', 'strict', 'loose']
const WORDS = {
  mc_forwarding: 'mcForwarding',
  proxy_neigh: 'proxyNeigh',
  ignore_routes_with_linkdown: 'ignoreRoutesWithLinkdown',
  input: 'input',
} as const

/** How a family forwards on a link, as `ip netconf` describes it. */
export function printNetconf(item: netconf.Netconf, { printer, devices }: Session): void {
  const onOff = (name: string, value: number | undefined) => {
    if (value !== undefined) printer.field(name, value !== 0, `${name} % `, { as: value === 0 ? 'off' : 'on' })
  }
  printer.field('family', familyWord(item.family), '% ')
  const { ifindex, rpFilter } = item
  if (ifindex !== undefined) {
    const every =
      ifindex === netconf.EVERY_LINK.all ? 'all' : ifindex === netconf.EVERY_LINK.default ? 'default' : undefined
    printer.field('interface', every ?? devices.name(ifindex), '% ', { colour: 'ifname' })
  }
  onOff('forwarding', item.forwarding)
  if (rpFilter !== undefined) printer.field('rp_filter', RP_FILTERS[rpFilter] ?? rpFilter >>> 0, 'rp_filter % ')
  for (const [word, key] of Object.entries(WORDS)) onOff(word, item[key])
  printer.endRecord()
}
