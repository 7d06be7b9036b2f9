import { link } from '../../rtnl/index.ts'
import type { Op } from '../op.ts'
import { withRoute } from '../target.ts'

/**
 * Lets a bridge send frames back by the port that they came by. Where bridged packets pass through iptables (br_netfilter) an address is translated at
 * the bridge: what a container sends to a port of the host that leads to itself comes back this way. It goes with the port, and so there is nothing
 * to undo.
 */
export function setHairpin(port: string): Op<void> {
  const request = link.set({ name: port, slaveKind: 'bridge', slaveData: { mode: true } })
  return {
    summary: `set hairpin mode of ${port}`,
    do: (context = {}) => withRoute(undefined, context, (route) => route.request(request)),
    undo: async () => {},
    isDone: (context = {}) =>
      withRoute(undefined, context, async (route) => {
        const { linkinfo } = await route.request(link.get(port))
        return linkinfo?.slaveKind === 'bridge' && linkinfo.slaveData?.mode === true
      }),
  }
}
